import { createPublicKey, type KeyObject, verify } from 'node:crypto';

const imported = new Map<string, KeyObject | null>();
const MOST_IMPORTED = 1_000;

/** Null if it is not an Ed25519 key. */
const importKey = (publicKey: string): KeyObject | null => {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  } catch {
    return null;
  }
};

/** Whether the signature (base64url) of the text was made with the Ed25519 key whose public half is given in base64url. */
export const isSignedBy = ({ publicKey }: { readonly publicKey: string }, text: string, signature: string): boolean => {
  const known = imported.get(publicKey);
  const key = known === undefined ? importKey(publicKey) : known;
  if (imported.size === MOST_IMPORTED) imported.clear();
  imported.set(publicKey, key);
  return key !== null && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
};
