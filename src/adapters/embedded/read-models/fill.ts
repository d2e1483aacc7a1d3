import { either as E } from 'fp-ts';
import { type Database, type Key, type RootDatabase } from 'lmdb';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inSlices } from '../../../application/kernel/in-slices.js';
import { type DocumentWrite, type ReadModels } from '../../../application/ports/read-models.js';
import { commitDurably } from '../environment/index.js';
import { registered } from './registration.js';
import { entriesOf, entriesPart } from './stored-document.js';
import { type EntryKey, keyOf, type Tables } from './tables.js';
import { type EncodedWrite, encodeWrites } from './write.js';

/** Anything's place among others of its kind: negative before, positive after. */
type Compare<A> = (one: A, other: A) => number;

/** In the order of UTF-16 code units, which is nearly that of the store. */
const compareTexts: Compare<string> = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/**
 * Runs, each in order, as one. Lazily: a large number of things is put in order bit by bit, without ever holding up
 * whoever else wants to run.
 */
function* merged<A>(runs: ReadonlyArray<Iterable<A>>, compare: Compare<A>): Generator<A, void> {
  const [first, second] = runs;
  if (first === undefined) return;
  if (second === undefined) return yield* first;
  const half = Math.ceil(runs.length / 2);
  const [left, right] = [merged(runs.slice(0, half), compare), merged(runs.slice(half), compare)];
  let [one, other] = [left.next(), right.next()];
  while (one.done !== true || other.done !== true)
    if (other.done === true || (one.done !== true && compare(one.value, other.value) <= 0)) {
      if (one.done !== true) yield one.value;
      one = left.next();
    } else {
      yield other.value;
      other = right.next();
    }
}

/** Documents, or entries, in one transaction: a few milliseconds, then everyone else gets a turn. */
const SLICE = 2_000;
/** Put in order in one go. */
const RUN = 4_000;

/** Why it ends early. `CheckpointMoved`: another writer was there, or the build is gone. */
class Stopped extends Error {
  constructor(readonly by: 'CheckpointMoved' | 'ReadModelsUnavailable') {
    super(by);
  }
}

const byId: Compare<DocumentWrite> = (one, other) => compareTexts(one.id, other.id);

const byPlace: Compare<EntryKey> = (one, other) =>
  compareTexts(one[1], other[1]) ||
  compareTexts(one[2], other[2]) ||
  one[3] - other[3] ||
  compareTexts(one[4], other[4]);

/** In order, a piece at a time. */
const inOrder = async <A>(all: Iterable<A>, compare: Compare<A>): Promise<Iterable<A>> => {
  const runs: A[][] = [];
  for (const run of inSlices(all, RUN)) {
    runs.push(run.sort(compare));
    await nextTurn();
  }
  return merged(runs, compare);
};

/** How the index entries of what is being filled change. */
interface EntryChanges {
  readonly gone: EntryKey[];
  readonly added: EntryKey[];
}

/** Puts what is not there yet, and answers whether it was not. Only within a transaction. */
type PutNew<K extends Key[]> = (key: K, value: string) => boolean;

/**
 * For keys in order. As long as each key comes after all existing ones it is appended: no search is needed, and each page is filled
 * before the next one. From the first key that does not, each one is inserted at its place.
 */
const inTurn = <K extends Key[]>(table: Database<string, K>): PutNew<K> => {
  let isLast = true;
  return (key, value) => {
    isLast &&= Boolean(table.putSync(key, value, { append: true }));
    return isLast || Boolean(table.putSync(key, value, { noOverwrite: true }));
  };
};

/** Only within a transaction. The entries are left to be put in an order of their own. */
const putDocument =
  ({ documents }: Tables, build: number, putNew: PutNew<[build: number, id: string]>, { gone, added }: EntryChanges) =>
  ({ id, stored, entries }: EncodedWrite): void => {
    // Nearly all are new: then nothing has to be read.
    const isNew = stored !== null && putNew([build, id], stored);
    const before = isNew ? undefined : documents.get([build, id]);
    if (stored === null) documents.removeSync([build, id]);
    else if (!isNew) documents.putSync([build, id], stored);
    if (before !== undefined && stored !== null && entriesPart(before) === entriesPart(stored)) return;
    for (const [index, key, sort] of entriesOf(before)) gone.push([build, index, key, sort, id]);
    for (const { index, key, sort } of entries) added.push([build, index, key, sort, id]);
  };

/**
 * Documents and entries, each in the order they lie in on disk: a page is then written once, where documents as they
 * come would each rewrite a page of their own. Nobody reads the build, so nobody sees it half-filled.
 */
export const filler =
  (root: RootDatabase<unknown>, tables: Tables): ReadModels['fill'] =>
  (build, writes, { from, to }) =>
  async () => {
    let id: number | undefined;
    const step = async (action: (id: number) => void, reached = from): Promise<void> => {
      const { committed } = commitDurably(root, () => {
        const stored = registered(tables, build);
        if (stored.checkpoint !== from || stored.id !== (id ??= stored.id)) throw new Stopped('CheckpointMoved');
        action(stored.id);
        if (reached !== from) tables.builds.putSync(keyOf(build), { ...stored, checkpoint: reached });
      });
      await committed.catch((error: unknown) => {
        throw error instanceof Stopped ? error : new Stopped('ReadModelsUnavailable');
      });
    };

    /** A slice is made ready while the one before it is written. */
    const inSteps = async <A>(all: Iterable<A>, ready: (slice: A[]) => (id: number) => void): Promise<void> => {
      let writing: Promise<void> | undefined;
      try {
        for (const slice of inSlices(all, SLICE)) {
          const action = ready(slice);
          await writing;
          writing = step(action);
        }
      } finally {
        await writing;
      }
    };

    try {
      const changes: EntryChanges = { gone: [], added: [] };
      await inSteps(await inOrder(writes, byId), (slice) => {
        const encoded = encodeWrites(slice);
        return (build) => {
          const putNew = inTurn(tables.documents);
          encoded.forEach(putDocument(tables, build, putNew, changes));
        };
      });
      await inSteps(
        await inOrder(changes.gone, byPlace),
        (slice) => () => slice.forEach((key) => tables.entries.removeSync(key)),
      );
      await inSteps(await inOrder(changes.added, byPlace), (slice) => () => {
        const putNew = inTurn(tables.entries);
        slice.forEach((key) => putNew(key, ''));
      });
      await step(() => undefined, to);
      return E.right(undefined);
    } catch (error) {
      // What cannot be put in order or encoded is a bug, and no reason to try again.
      if (!(error instanceof Stopped)) throw error;
      return E.left(error.by);
    }
  };
