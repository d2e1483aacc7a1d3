import { type DocumentWrite } from '../../../application/ports/read-models.js';
import { encodeDocument, entriesOf, entriesPart } from './stored-document.js';
import { type Tables } from './tables.js';

/** A write as it will be stored; null deletes. */
export interface EncodedWrite {
  readonly id: string;
  readonly stored: string | null;
}

/** Before the transaction: what cannot be encoded leaves nothing half-written and holds nobody up. */
export const encodeWrites = (writes: ReadonlyArray<DocumentWrite>): ReadonlyArray<EncodedWrite> =>
  writes.map(({ id, document, entries }) => ({
    id,
    stored: document === null ? null : encodeDocument(entries, document),
  }));

/** Only within a transaction. */
export const writeDocument = ({ documents, entries }: Tables, build: number, { id, stored }: EncodedWrite): void => {
  const before = documents.get([build, id]);
  if (stored === (before ?? null)) return;
  if (before === undefined || stored === null || entriesPart(before) !== entriesPart(stored)) {
    for (const [index, key, sort] of entriesOf(before)) entries.removeSync([build, index, key, sort, id]);
    for (const [index, key, sort] of entriesOf(stored ?? undefined)) entries.putSync([build, index, key, sort, id], '');
  }
  if (stored === null) documents.removeSync([build, id]);
  else documents.putSync([build, id], stored);
};
