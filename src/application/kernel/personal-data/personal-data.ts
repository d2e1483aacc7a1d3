import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { createCipheriv, createDecipheriv, createHmac, hash } from 'node:crypto';
import { isSealed, type Sealed } from '../../../domain/sealed.js';
import { type DataKeys } from '../../ports/data-keys.js';
import { type KeyWrap } from '../../ports/key-wrap.js';
import { recentlyUsed } from '../recently-used.js';

/** A user's key, ready for use. */
interface SealingKey {
  /** Part of every text sealed with it. */
  readonly id: string;
  readonly encrypt: Buffer;
  readonly nonces: Buffer;
}

const ID_CHARACTERS = 12;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const derived = (key: Uint8Array, purpose: string): Buffer => createHmac('sha256', key).update(purpose).digest();

const sealingKey = (key: Uint8Array): SealingKey => ({
  id: hash('sha256', derived(key, 'id'), 'base64url').slice(0, ID_CHARACTERS),
  encrypt: derived(key, 'encrypt'),
  nonces: derived(key, 'nonce'),
});

/** Gives the same text for the same fields in any order. */
const canonical = (value: unknown): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? JSON.stringify(Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))))
    : JSON.stringify(value);

/**
 * AES-256-GCM. The nonce is a keyed digest of what is sealed and what it is about: the same is sealed to the same text, so
 * a repeated request can be recognized, and two different texts never share a nonce. `about` is authenticated: a text moved
 * elsewhere does not open.
 */
const sealText = ({ id, encrypt, nonces }: SealingKey, about: string, value: unknown): Sealed => {
  const text = canonical(value);
  const nonce = createHmac('sha256', nonces).update(about).update('\0').update(text).digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', encrypt, nonce).setAAD(Buffer.from(about));
  const box = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `sealed.${id}.${box.toString('base64url')}`;
};

/** None: it was sealed with another key, about something else, or was changed. */
const openText = ({ id, encrypt }: SealingKey, about: string, sealed: Sealed): O.Option<unknown> => {
  const [, sealedWith, box64] = sealed.split('.');
  const box = Buffer.from(box64 ?? '', 'base64url');
  if (!isSealed(sealed) || sealedWith !== id || box.length < NONCE_BYTES + TAG_BYTES) return O.none;
  const opener = createDecipheriv('aes-256-gcm', encrypt, box.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(about))
    .setAuthTag(box.subarray(-TAG_BYTES));
  return O.tryCatch(() => {
    const text = Buffer.concat([opener.update(box.subarray(NONCE_BYTES, -TAG_BYTES)), opener.final()]);
    const value: unknown = JSON.parse(text.toString('utf8'));
    return value;
  });
};

/** What something sealed belongs to: it opens for this person and this thing alone. */
export interface Subject {
  readonly userId: string;
  /** `order/{orderId}`. */
  readonly about: string;
}

type Answer<A> = TE.TaskEither<'PersonalDataUnavailable', A>;

/** Encrypts what identifies a person, with a key of that person; without the key nobody reads it any more. */
export interface PersonalData {
  /** Flat JSON. The same value about the same thing is sealed to the same text. The key is durable when it answers. */
  readonly seal: (subject: Subject, value: unknown) => Answer<Sealed>;
  /** None: the key was destroyed or is damaged, or the text was sealed for another person or thing. */
  readonly open: (subject: Subject, sealed: Sealed) => Answer<O.Option<unknown>>;
  /** Destroys the user's key; whether there was one. Other processes forget it within FORGOTTEN_AFTER_MS. */
  readonly forget: (userId: string) => Answer<boolean>;
}

export interface PersonalDataPorts {
  readonly keys: DataKeys;
  readonly wrap: KeyWrap;
  /** How long a key is used without looking whether it is still there. Milliseconds; default FORGOTTEN_AFTER_MS. */
  readonly forgottenAfterMs?: number;
}

/** A key is looked up again after this: no process uses a destroyed one for longer. */
export const FORGOTTEN_AFTER_MS = 30_000;
const MOST_KEYS = 10_000;

const unavailable = E.left('PersonalDataUnavailable' as const);

const textOf = ({ userId, about }: Subject): string => `${userId}/${about}`;

export const personalData = ({
  keys,
  wrap,
  forgottenAfterMs = FORGOTTEN_AFTER_MS,
}: PersonalDataPorts): PersonalData => {
  const known = recentlyUsed<string, SealingKey>(MOST_KEYS, forgottenAfterMs);

  let forgotten = 0;

  /** `since`: how many were forgotten when the key was looked up. One that may have been destroyed since is not kept. */
  const unwrapped = async (
    userId: string,
    wrapped: Uint8Array,
    since: number,
  ): Promise<E.Either<unknown, SealingKey>> => {
    const key = await wrap.unwrap(wrapped)();
    if (E.isLeft(key)) return key;
    const ready = sealingKey(key.right);
    if (forgotten === since) known.set(userId, ready);
    return E.right(ready);
  };

  const find = async (userId: string): Promise<E.Either<unknown, SealingKey | null>> => {
    const ready = known.get(userId);
    if (ready !== undefined) return E.right(ready);
    const since = forgotten;
    const found = await keys.find(userId)();
    if (E.isLeft(found)) return found;
    return O.isNone(found.right) ? E.right(null) : unwrapped(userId, found.right.value, since);
  };

  const findOrCreate = async (userId: string): Promise<E.Either<unknown, SealingKey>> => {
    const found = await find(userId);
    if (E.isLeft(found)) return found;
    if (found.right !== null) return E.right(found.right);
    const created = await wrap.create()();
    if (E.isLeft(created)) return created;
    const since = forgotten;
    const kept = await keys.offer(userId, created.right.wrapped)();
    return E.isLeft(kept) ? kept : unwrapped(userId, kept.right, since);
  };

  return {
    seal: (subject, value) => async () => {
      const key = await findOrCreate(subject.userId);
      return E.isLeft(key) ? unavailable : E.right(sealText(key.right, textOf(subject), value));
    },
    open: (subject, sealed) => async () => {
      const key = await find(subject.userId);
      // However often it is asked for: nobody else is to wait for that.
      if (E.isLeft(key)) return key.left === 'WrongKey' ? E.right(O.none) : unavailable;
      return E.right(key.right === null ? O.none : openText(key.right, textOf(subject), sealed));
    },
    forget: (userId) => async () => {
      const destroyed = await keys.destroy(userId)();
      forgotten += 1;
      known.delete(userId);
      return E.isLeft(destroyed) ? unavailable : E.right(destroyed.right);
    },
  };
};
