import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { recentlyUsed } from '../recently-used.js';
import { type Sealed } from '../../../domain/sealed.js';
import { type DataKeys } from '../../ports/data-keys.js';
import { type KeyWrap } from '../../ports/key-wrap.js';
import { openText, type SealingKey, sealingKey, sealText } from './sealed-text.js';

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
  /** None: the key was destroyed, or the text was sealed for another person or thing. */
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
      if (E.isLeft(key)) return unavailable;
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
