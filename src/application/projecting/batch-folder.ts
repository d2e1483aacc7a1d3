import { option as O } from 'fp-ts';
import { type RecordedEvent } from '../ports/event-store.js';
import { type Build, type DocumentWrite, type ReadModels } from '../ports/read-models.js';
import { orInterrupt } from './interrupted.js';
import { type View } from './view.js';

/** Folds one batch after the other into writes for one build. */
export interface BatchFolder {
  /** One write per document, however many of the events changed it. Rejects when the fold throws or a look-up fails. */
  readonly fold: (events: ReadonlyArray<RecordedEvent>) => Promise<ReadonlyArray<DocumentWrite>>;
}

/**
 * Reads only what it must: not what a batch creates, and not what the batch before changed. The latter also makes it
 * right to fold a batch while the one before is still being written. Holds two batches of documents, never more.
 */
export const batchFolder = <Doc extends object>(view: View<Doc>, build: Build, readModels: ReadModels): BatchFolder => {
  let before = new Map<string, Doc | null>();

  const load = async (ids: ReadonlyArray<string>, documents: Map<string, Doc | null>): Promise<void> => {
    if (ids.length === 0) return;
    const found = await orInterrupt(readModels.getMany(build, ids));
    ids.forEach((id, index) => {
      const document = found[index];
      documents.set(id, document === undefined || O.isNone(document) ? null : view.schema.parse(document.value));
    });
  };

  return {
    fold: async (events) => {
      const documents = new Map<string, Doc | null>();
      const unread: string[] = [];
      const changed = events.map((event) => {
        const ids = view.documentIds(event);
        for (const id of ids) {
          if (documents.has(id)) continue;
          const known = before.get(id);
          documents.set(id, known ?? null);
          if (known === undefined && view.creates?.(event, id) !== true) unread.push(id);
        }
        return ids;
      });
      await load(unread, documents);
      events.forEach((event, index) => {
        for (const id of changed[index] ?? []) documents.set(id, view.fold(documents.get(id) ?? null, event, id));
      });
      before = documents;
      return writesOf(view, documents);
    },
  };
};

const writesOf = <Doc extends object>(
  view: View<Doc>,
  documents: ReadonlyMap<string, Doc | null>,
): ReadonlyArray<DocumentWrite> => {
  const writes: DocumentWrite[] = [];
  for (const [id, document] of documents)
    writes.push({ id, document, entries: document === null ? [] : view.entries(document, id) });
  return writes;
};
