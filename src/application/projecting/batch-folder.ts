import { option as O } from 'fp-ts';
import { BEGINNING, type RecordedEvent } from '../ports/event-store.js';
import { type Build, type DocumentWrite, type ReadModels } from '../ports/read-models.js';
import { orInterrupt } from './interrupted.js';
import { type View } from './view.js';

/** Folds one batch after the other into writes for one build. What rejects once is not to be used again. */
export interface BatchFolder {
  /** One write per document, however many of the events changed it. Rejects when the fold throws or a look-up fails. */
  readonly fold: (events: ReadonlyArray<RecordedEvent>) => Promise<ReadonlyArray<DocumentWrite>>;
  /** Folds without writing anything yet: several batches that change the same documents then cost one write each. */
  readonly gather: (events: ReadonlyArray<RecordedEvent>) => Promise<void>;
  /** How many documents were changed since they were last taken. */
  readonly gathered: () => number;
  /** The write of each of them, made when it is asked for; to be read before the next are taken. */
  readonly take: () => Iterable<DocumentWrite>;
}

/**
 * Reads only what it must: not what it creates, and not what was taken last. The latter also makes it right to go on
 * folding while that is still being written. Holds the documents of two takings, never more.
 */
export const batchFolder = <Doc extends object>(view: View<Doc>, build: Build, readModels: ReadModels): BatchFolder => {
  let taken = new Map<string, Doc | null>();
  let documents = new Map<string, Doc | null>();
  /** Nothing was written to it before: until the first are taken there is nothing to look up. */
  let isNew: boolean | null = null;

  const load = async (ids: ReadonlyArray<string>): Promise<void> => {
    if (ids.length === 0) return;
    isNew ??= (await orInterrupt(readModels.checkpoint(build))) === BEGINNING;
    if (isNew) return;
    const found = await orInterrupt(readModels.getMany(build, ids));
    ids.forEach((id, index) => {
      const document = found[index];
      documents.set(id, document === undefined || O.isNone(document) ? null : view.schema.parse(document.value));
    });
  };

  const gather: BatchFolder['gather'] = async (events) => {
    const unread: string[] = [];
    const changed = events.map((event) => {
      const ids = view.documentIds(event);
      for (const id of ids) {
        if (documents.has(id)) continue;
        const known = taken.get(id);
        documents.set(id, known ?? null);
        if (known === undefined && view.creates?.(event, id) !== true) unread.push(id);
      }
      return ids;
    });
    await load(unread);
    events.forEach((event, index) => {
      for (const id of changed[index] ?? []) documents.set(id, view.fold(documents.get(id) ?? null, event, id));
    });
  };

  const take: BatchFolder['take'] = () => {
    isNew = false;
    taken = documents;
    documents = new Map();
    return writesOf(view, taken);
  };

  return {
    fold: async (events) => {
      await gather(events);
      return [...take()];
    },
    gather,
    gathered: () => documents.size,
    take,
  };
};

function* writesOf<Doc extends object>(
  view: View<Doc>,
  documents: ReadonlyMap<string, Doc | null>,
): Iterable<DocumentWrite> {
  for (const [id, document] of documents)
    yield { id, document, entries: document === null ? [] : view.entries(document, id) };
}
