import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type DataKeys } from '../../ports/data-keys.js';
import { type KeyWrap } from '../../ports/key-wrap.js';

/** No user's id has a dot. */
const WITNESS = '.witness';

/** Whether the stored keys can be unwrapped, tested with a key that belongs to nobody. The first process to start stores it. */
export const checkKeyWrap =
  (keys: DataKeys, wrap: KeyWrap): TE.TaskEither<'WrongKey' | 'KeyWrapUnavailable' | 'DataKeysUnavailable', void> =>
  async () => {
    const found = await keys.find(WITNESS)();
    if (E.isLeft(found)) return found;
    if (O.isSome(found.right)) {
      const unwrapped = await wrap.unwrap(found.right.value)();
      if (E.isLeft(unwrapped)) return unwrapped;
      if (wrap.isOwn(found.right.value)) return E.right(undefined);
      const dropped = await keys.destroy(WITNESS)();
      if (E.isLeft(dropped)) return dropped;
    }
    const created = await wrap.create()();
    if (E.isLeft(created)) return created;
    const kept = await keys.offer(WITNESS, created.right.wrapped)();
    return E.isLeft(kept) ? kept : E.right(undefined);
  };
