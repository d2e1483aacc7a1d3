import { randomBytes, createCipheriv, createDecipheriv, hash } from 'node:crypto';

const IV_BYTES = 16;
/** A wrapped key, for its slot alone. */

export const box = (secret: Buffer, wrapped: Uint8Array): Buffer => {
  const iv = randomBytes(IV_BYTES);
  return Buffer.concat([iv, createCipheriv('aes-256-ctr', secret, iv).update(wrapped)]);
};

export const unbox = (secret: Buffer, boxed: Buffer): Buffer =>
  createDecipheriv('aes-256-ctr', secret, boxed.subarray(0, IV_BYTES)).update(boxed.subarray(IV_BYTES));
/** What is kept of a destroyed key: it is recognized by this if a backup brings it back. */

export const digestOf = (wrapped: Uint8Array): string => hash('sha256', wrapped, 'base64url');
