import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { type DataKeys } from '../../../application/ports/data-keys.js';
import { closeWritten, commitDurably } from '../environment/index.js';
import { openTables, type Tables } from './tables.js';
import { box, digestOf, unbox } from './box.js';

export interface OpenDataKeys {
  readonly keys: DataKeys;
  readonly close: () => Promise<void>;
}

/** Null: there is none, or its slot is destroyed and its row is about to be deleted. */
const readKey = ({ keys, slots }: Tables, userId: string): Buffer | null => {
  const row = keys.get(userId);
  const secret = row === undefined ? null : slots.read(row.slot);
  return row === undefined || secret === null ? null : unbox(secret, row.box);
};

/** Within a transaction. */
export const putKey = ({ keys, counters, slots }: Tables, userId: string, wrapped: Uint8Array): void => {
  const slot = counters.get('next') ?? 0;
  slots.ensure(slot);
  const secret = slots.read(slot);
  if (secret === null) throw new Error(`Slot ${slot} of the keys of personal data is damaged`);
  counters.putSync('next', slot + 1);
  keys.putSync(userId, { slot, box: box(secret, wrapped) });
};

const dataKeysIn = (tables: Tables, onFailure: (error: unknown) => void): DataKeys => {
  const unavailable = (error: unknown): 'DataKeysUnavailable' => {
    onFailure(error);
    return 'DataKeysUnavailable';
  };
  const { root, keys, destroyed, slots } = tables;
  /** Users whose key may stand without being on disk: it is being written, or the disk failed. */
  const unsure = new Set<string>();
  const durably = <A>(action: () => A): TE.TaskEither<'DataKeysUnavailable', A> =>
    TE.tryCatch(() => commitDurably(root, action).flushed, unavailable);

  /**
   * Answers the slot of the user's key. The digest cannot be computed once the slot is overwritten, so it has to be on disk
   * before: without it an earlier backup would bring the key back.
   */
  const writeDigest = (userId: string) =>
    durably(() => {
      const wrapped = readKey(tables, userId);
      if (wrapped !== null) destroyed.putSync(digestOf(wrapped), userId);
      return keys.get(userId)?.slot ?? null;
    });

  /** False: another call has destroyed it meanwhile, and the user may have a new key, in another slot. */
  const overwrite = (userId: string, slot: number) =>
    durably(() => {
      if (keys.get(userId)?.slot !== slot) return false;
      slots.destroy(slot);
      keys.removeSync(userId);
      return true;
    });

  /** A key that stands is written again: LMDB flushes nothing for a transaction that writes nothing. */
  const keep = (userId: string, create: () => Uint8Array | null) => async () => {
    unsure.add(userId);
    const kept = await durably(() => {
      const row = keys.get(userId);
      const before = readKey(tables, userId);
      if (row !== undefined && before !== null) keys.putSync(userId, row);
      return before ?? create();
    })();
    if (E.isRight(kept)) unsure.delete(userId);
    return kept;
  };

  return {
    find: (userId) => async () => {
      if (unsure.has(userId))
        return E.map((key: Uint8Array | null) => O.fromNullable(key))(await keep(userId, () => null)());
      return E.tryCatch(() => O.fromNullable(readKey(tables, userId)), unavailable);
    },
    offer: (userId, wrapped) => async () => {
      const kept = await keep(userId, () => {
        putKey(tables, userId, wrapped);
        return wrapped;
      })();
      return E.map((key: Uint8Array | null) => key ?? wrapped)(kept);
    },
    destroy: (userId) => async () => {
      const slot = await writeDigest(userId)();
      if (E.isLeft(slot)) return slot;
      return slot.right === null ? E.right(false) : overwrite(userId, slot.right)();
    },
  };
};

/**
 * Keys of personal data in files of their own beside the events. A key is destroyed by overwriting the slot without which its
 * row, and any copy of it in LMDB's free pages, means nothing. `onFailure` is told why a key cannot be had, for operators.
 */
export const openDataKeys = (
  directory: string,
  onFailure: (error: unknown) => void = () => undefined,
  tables = openTables(directory, 'write'),
): OpenDataKeys => {
  return {
    keys: dataKeysIn(tables, onFailure),
    close: async () => {
      await closeWritten(tables.root);
      tables.slots.close();
    },
  };
};
