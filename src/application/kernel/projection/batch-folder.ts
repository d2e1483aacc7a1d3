import { option as O } from 'fp-ts';
import { BEGINNING, type RecordedEvent } from '../../ports/event-store.js';
import { type Build, type DocumentWrite, type IndexEntry, type ReadModels } from '../../ports/read-models.js';
import { Interrupted, orInterrupt } from './interrupted.js';
import { type Parking } from '../process/parking/parking.js';
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

/** A document as it is so far: found once for each event, however often it is read and changed. */
interface Held<Doc> {
  document: Doc | null;
  /** As it is written already: what is folded into the very same need not be written again. */
  written: Doc | null;
}

interface Change<Doc> {
  readonly event: RecordedEvent;
  readonly id: string;
  readonly held: Held<Doc>;
}

/**
 * Reads only what it must: not what it creates, and not what was taken last. The latter also makes it right to go on
 * folding while that is still being written. Holds the documents of two takings, never more.
 */
export const batchFolder = <Doc extends object>(
  view: View<Doc>,
  build: Build,
  readModels: ReadModels,
  parking?: Parking,
): BatchFolder => {
  let taken = new Map<string, Held<Doc>>();
  let documents = new Map<string, Held<Doc>>();
  /** Nothing was written to it before: until the first are taken there is nothing to look up. */
  let isNew: boolean | null = null;

  const load = async (unread: ReadonlyMap<string, Held<Doc>>): Promise<void> => {
    if (unread.size === 0) return;
    isNew ??= (await orInterrupt(readModels.checkpoint(build))) === BEGINNING;
    if (isNew) return;
    const found = await orInterrupt(readModels.getMany(build, [...unread.keys()]));
    [...unread.values()].forEach((held, index) => {
      const document = found[index];
      if (document !== undefined && O.isSome(document))
        held.document = held.written = view.schema.parse(document.value);
    });
  };

  /** What cannot be read parks its stream, where streams can be parked; else it is for the caller. */
  const reading = (event: RecordedEvent, read: () => void): void => {
    if (parking === undefined) return read();
    if (parking.passesOver(event)) return;
    try {
      read();
    } catch (error) {
      parking.park(event, error instanceof Error ? error.message : String(error));
    }
  };

  const gather: BatchFolder['gather'] = async (events) => {
    const unread = new Map<string, Held<Doc>>();
    const hold = (event: RecordedEvent, id: string): Held<Doc> => {
      const known = taken.get(id);
      const document = known?.document ?? null;
      const held = { document, written: document };
      documents.set(id, held);
      if (known === undefined && view.creates?.(event, id) !== true) unread.set(id, held);
      return held;
    };
    const changes: Change<Doc>[] = [];
    for (const event of events)
      if (parking?.admits(event) !== false)
        reading(event, () => {
          for (const id of view.documentIds(event))
            changes.push({ event, id, held: documents.get(id) ?? hold(event, id) });
        });
    await load(unread);
    for (const { event, id, held } of changes)
      reading(event, () => {
        held.document = view.fold(held.document, event, id);
      });
    await parking?.settle().catch((error: unknown) => {
      throw new Interrupted('EventStoreUnavailable', error);
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
      return made(take());
    },
    gather,
    gathered: () => documents.size,
    take,
  };
};

/** With their entries: what a view cannot make is found here, and not by the store in the middle of a write. */
export const made = (writes: Iterable<DocumentWrite>): ReadonlyArray<DocumentWrite> =>
  Array.from(writes, ({ id, document, entries, replaced }) => ({ id, document, entries, replaced }));

/** Many are held until they are in order: the entries of each are made when it is its turn, and gone right after. */
class Write<Doc extends object> implements DocumentWrite {
  constructor(
    private readonly view: View<Doc>,
    readonly id: string,
    private readonly folded: Doc | null,
    private readonly written: Doc | null,
  ) {}

  get document(): object | null {
    const { view, folded } = this;
    return folded === null || view.stored === undefined ? folded : view.stored(folded);
  }

  get entries(): ReadonlyArray<IndexEntry> {
    return this.folded === null ? [] : this.view.entries(this.folded, this.id);
  }

  get replaced(): ReadonlyArray<IndexEntry> | undefined {
    return this.written === null ? undefined : this.view.entries(this.written, this.id);
  }
}

function* writesOf<Doc extends object>(
  view: View<Doc>,
  documents: ReadonlyMap<string, Held<Doc>>,
): Iterable<DocumentWrite> {
  for (const [id, { document, written }] of documents)
    if (document !== written) yield new Write(view, id, document, written);
}
