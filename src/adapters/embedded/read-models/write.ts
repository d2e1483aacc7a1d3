import { either as E } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { BEGINNING } from '../../../application/ports/event-store.js';
import { type ReadModels, type DocumentWrite, type IndexEntry } from '../../../application/ports/read-models.js';
import { commitDurably } from '../environment/index.js';
import { registered } from './registration.js';
import { keyOf, type Tables } from './tables.js';
import { type Watchers } from './watchers.js';
import { encodeDocument, entriesOf, type StoredEntry } from './stored-document.js';

/** A write as it will be stored; null deletes. */
export interface EncodedWrite {
  readonly id: string;
  readonly stored: string | null;
  readonly entries: ReadonlyArray<IndexEntry>;
  readonly replaced: ReadonlyArray<StoredEntry> | undefined;
}

const storedEntry = ({ index, key, sort }: IndexEntry): StoredEntry => [index, key, sort];

/** Before the transaction: what cannot be encoded leaves nothing half-written and holds nobody up. */
export const encodeWrites = (writes: ReadonlyArray<DocumentWrite>): ReadonlyArray<EncodedWrite> =>
  writes.map(({ id, document, entries, replaced }) => ({
    id,
    stored: document === null ? null : encodeDocument(entries, document),
    entries: document === null ? [] : entries,
    replaced: replaced?.map(storedEntry),
  }));

const isSame = ([index, key, sort]: StoredEntry, next: IndexEntry): boolean =>
  index === next.index && key === next.key && sort === next.sort;

/** Only within a transaction. */
const writeDocument = (tables: Tables, build: number, { id, stored, entries, replaced }: EncodedWrite): void => {
  const { documents } = tables;
  // Most that is written in a rush is new, or known to the writer: then nothing has to be read.
  const isNew =
    replaced === undefined && stored !== null && documents.putSync([build, id], stored, { noOverwrite: true });
  const before = isNew || replaced !== undefined ? undefined : documents.get([build, id]);
  if (replaced === undefined && stored === (before ?? null)) return;
  const known = replaced ?? entriesOf(before);
  for (const entry of known)
    if (!entries.some((next) => isSame(entry, next))) tables.entries.removeSync([build, ...entry, id]);
  for (const next of entries)
    if (!known.some((entry) => isSame(entry, next)))
      tables.entries.putSync([build, next.index, next.key, next.sort, id], '');
  if (stored === null) documents.removeSync([build, id]);
  else if (!isNew) documents.putSync([build, id], stored);
};

/**
 * Documents, entries and checkpoint in one transaction. Nobody waits for the disk: LMDB makes transactions durable in the
 * order of their commits, all of one or nothing. So a crash leaves documents and checkpoint of the same moment; and
 * since an event is handed to a projection only when it is on disk itself, no checkpoint that survives is ahead of the events.
 */
export const writer =
  (root: RootDatabase<unknown>, tables: Tables, watchers: Watchers): ReadModels['write'] =>
  (build, writes, { from, to }) =>
  async () => {
    const encoded = encodeWrites(writes);
    const changed = (): void => watchers.changed(build.view, new Set(encoded.map(({ id }) => id)));
    try {
      const written = await commitDurably(root, () => {
        // Before anything is written, even a registration: a writer that was late leaves no trace.
        if ((tables.builds.get(keyOf(build))?.checkpoint ?? BEGINNING) !== from) return false;
        const { id } = registered(tables, build);
        for (const write of encoded) writeDocument(tables, id, write);
        tables.builds.putSync(keyOf(build), { id, checkpoint: to });
        return true;
      }).committed;
      if (!written) return E.left('CheckpointMoved');
    } catch {
      // It may stand all the same, and is then not written a second time.
      changed();
      return E.left('ReadModelsUnavailable');
    }
    changed();
    return E.right(undefined);
  };
