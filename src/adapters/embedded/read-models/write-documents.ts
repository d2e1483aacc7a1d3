import { type DocumentWrite, type IndexEntry } from '../../../application/ports/read-models.js';
import { encodeDocument, entriesOf, type StoredEntry } from './stored-document.js';
import { type Tables } from './tables.js';

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
export const writeDocument = (tables: Tables, build: number, { id, stored, entries, replaced }: EncodedWrite): void => {
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
