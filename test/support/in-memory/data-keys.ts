import { option as O, taskEither as TE } from 'fp-ts';
import { type DataKeys } from '../../../src/application/ports/data-keys.js';

/** Keys of personal data that end with the test. */
export const inMemoryDataKeys = (): DataKeys => {
  const kept = new Map<string, Uint8Array>();
  return {
    find: (userId) => TE.fromIO(() => O.fromNullable(kept.get(userId))),
    offer: (userId, wrapped) =>
      TE.fromIO(() => {
        const key = kept.get(userId) ?? wrapped;
        kept.set(userId, key);
        return key;
      }),
    destroy: (userId) => TE.fromIO(() => kept.delete(userId)),
  };
};
