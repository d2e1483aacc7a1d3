import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { CompactEncrypt, compactDecrypt, errors } from 'jose';
import { hkdfSync } from 'node:crypto';
import { type PassKeys, type StoredPassKey } from '../../application/ports/pass-keys.js';

const ENCRYPTION = { alg: 'dir', enc: 'A256GCM' } as const;

const unavailable = (): 'PassKeysUnavailable' => 'PassKeysUnavailable';

/**
 * The same keys, encrypted with a secret wherever they are stored. One that was stored before there was a secret is read as it
 * is; while one is of another secret none can be had.
 */
export const sealedPassKeys = (keys: PassKeys, secret: string): PassKeys => {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'doorbuster pass keys', 32));

  const seal = async (stored: StoredPassKey): Promise<StoredPassKey> => ({
    ...stored,
    key: await new CompactEncrypt(Buffer.from(stored.key)).setProtectedHeader(ENCRYPTION).encrypt(key),
  });
  const open = async (stored: StoredPassKey): Promise<StoredPassKey | null> => {
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
      // Other keys in their place would void the passes of every process that has the right secret.
      return readable.length === opened.length ? E.right(readable) : E.left('PassKeysUnavailable');
    },
    offer: (stored) =>
      F.pipe(
        TE.tryCatch(() => seal(stored), unavailable),
        TE.chain(keys.offer),
      ),
  };
};
