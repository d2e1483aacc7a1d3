import { generateKeyPairSync, sign } from 'node:crypto';
import { type SealKey } from '../../src/application/ports/seal-keys.js';

/** A key nobody else has, good for ever. */
export const newSealKey = (keyId = 'key-1'): SealKey => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    keyId,
    publicKey: publicKey.export({ format: 'jwk' }).x ?? '',
    notBefore: 0,
    notAfter: Number.MAX_SAFE_INTEGER,
    sign: async (bytes) => sign(null, bytes, privateKey).toString('base64url'),
  };
};
