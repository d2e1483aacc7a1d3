import { taskEither as TE } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { type PassKeys } from '../../../application/ports/pass-keys.js';
import { commitDurably } from '../environment/index.js';

const unavailable = (): 'PassKeysUnavailable' => 'PassKeysUnavailable';

/** The keys of passes in the data directory: a pass issued before `kill -9` is good after it. */
export const openPassKeys = (root: RootDatabase<unknown>): PassKeys => {
  const keys = root.openDB<string, number>('pass-keys', { encoding: 'json' });
  const durably = (action: () => void): TE.TaskEither<'PassKeysUnavailable', void> =>
    TE.tryCatch(() => commitDurably(root, action).flushed, unavailable);
  return {
    all: () =>
      TE.tryCatch(
        () => Promise.resolve([...keys.getRange()].map(({ key: epoch, value: key }) => ({ epoch, key }))),
        unavailable,
      ),
    offer: ({ epoch, key }) =>
      durably(() => {
        if (keys.get(epoch) === undefined) keys.putSync(epoch, key);
      }),
    dropBefore: (epoch) =>
      durably(() => {
        for (const old of [...keys.getKeys({ end: epoch })]) keys.removeSync(old);
      }),
  };
};
