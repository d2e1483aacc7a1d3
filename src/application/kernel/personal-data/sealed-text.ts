import { createCipheriv, createDecipheriv, createHmac, hash } from 'node:crypto';
import { option as O } from 'fp-ts';
import { isSealed, type Sealed } from '../../../domain/sealed.js';

/** A user's key, ready for use. */
export interface SealingKey {
  /** Part of every text sealed with it. */
  readonly id: string;
  readonly encrypt: Buffer;
  readonly nonces: Buffer;
}

const ID_CHARACTERS = 12;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const derived = (key: Uint8Array, purpose: string): Buffer => createHmac('sha256', key).update(purpose).digest();

export const sealingKey = (key: Uint8Array): SealingKey => ({
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
export const sealText = ({ id, encrypt, nonces }: SealingKey, about: string, value: unknown): Sealed => {
  const text = canonical(value);
  const nonce = createHmac('sha256', nonces).update(about).update('\0').update(text).digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', encrypt, nonce).setAAD(Buffer.from(about));
  const box = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `sealed.${id}.${box.toString('base64url')}`;
};

/** None: it was sealed with another key, about something else, or was changed. */
export const openText = ({ id, encrypt }: SealingKey, about: string, sealed: Sealed): O.Option<unknown> => {
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
