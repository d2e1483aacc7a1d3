import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { CompactEncrypt, compactDecrypt, errors } from 'jose';
import { hkdfSync } from 'node:crypto';
import { type SigningKeys, type StoredSigningKey } from '../../application/ports/signing-keys.js';

const ENCRYPTION = { alg: 'dir', enc: 'A256GCM' } as const;

/** Of HKDF; never to be changed, or what is stored could not be decrypted. */
const INFO = { passes: 'doorbuster pass keys', seals: 'doorbuster seal keys' } as const;

const unavailable = (): 'SigningKeysUnavailable' => 'SigningKeysUnavailable';

/**
 * The same keys, encrypted with a secret wherever they are stored. One that was stored before there was a secret is read as it
 * is; while one is of another secret none can be had.
 */
export const encryptedSigningKeys = (keys: SigningKeys, secret: string, purpose: 'passes' | 'seals'): SigningKeys => {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', INFO[purpose], 32));

  const seal = async (stored: StoredSigningKey): Promise<StoredSigningKey> => ({
    ...stored,
    key: await new CompactEncrypt(Buffer.from(stored.key)).setProtectedHeader(ENCRYPTION).encrypt(key),
  });
  const open = async (stored: StoredSigningKey): Promise<StoredSigningKey | null> => {
    if (stored.key.startsWith('{')) return stored;
    try {
      const { plaintext } = await compactDecrypt(stored.key, key);
      return { ...stored, key: Buffer.from(plaintext).toString() };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  };
  return {
    ...keys,
    all: () => async () => {
      const found = await keys.all()();
      if (E.isLeft(found)) return found;
      const opened = await Promise.all(found.right.map(open));
      const readable = opened.filter((one) => one !== null);
      // Replacing them would make everything invalid that processes with the right secret have signed.
      return readable.length === opened.length ? E.right(readable) : E.left('SigningKeysUnavailable');
    },
    offer: (stored) =>
      F.pipe(
        TE.tryCatch(() => seal(stored), unavailable),
        TE.chain(keys.offer),
      ),
  };
};
