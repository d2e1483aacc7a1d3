import { taskEither as TE } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { type SigningKeys } from '../../../application/ports/signing-keys.js';
import { commitDurably } from '../environment/index.js';

const unavailable = (): 'SigningKeysUnavailable' => 'SigningKeysUnavailable';

/** Signing keys in the data directory, under a name for each kind: what was signed before `kill -9` is still valid after it. */
export const openSigningKeys = (root: RootDatabase<unknown>, name: 'pass-keys' | 'seal-keys'): SigningKeys => {
  const keys = root.openDB<string, number>(name, { encoding: 'json' });
  const durably = (action: () => unknown): TE.TaskEither<'SigningKeysUnavailable', void> =>
    TE.tryCatch(async () => void (await commitDurably(root, action).flushed), unavailable);
  return {
    all: () =>
      TE.tryCatch(
        () => Promise.resolve([...keys.getRange()].map(({ key: epoch, value: key }) => ({ epoch, key }))),
        unavailable,
      ),
    offer: ({ epoch, key }) =>
      // One that is kept is written again: it may stand without being on disk, and LMDB flushes nothing if nothing is written.
      durably(() => keys.putSync(epoch, keys.get(epoch) ?? key)),
    dropBefore: (epoch) =>
      durably(() => {
        for (const old of [...keys.getKeys({ end: epoch })]) keys.removeSync(old);
      }),
  };
};
