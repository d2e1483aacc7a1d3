import { either as E } from 'fp-ts';
import { appendSurely } from '../../kernel/writer/append-surely.js';
import { type AppendError, type EventStore, NO_STREAM, type Position, type Revision } from '../../ports/event-store.js';
import { type HistoryEvent } from '../../kernel/history/history-chain.js';

/** Of one stream, one after the other in the history: they are one append. */
interface Run<Event> {
  readonly streamId: string;
  readonly events: Event[];
  characters: number;
}

const RUN = 500;
/** Of one append: a store takes less than a megabyte at once, and a character is up to three bytes. */
const RUN_CHARACTERS = 200_000;
/** Of all appends under way: what waits to be written is in memory, and an embedded store refuses more than 64 MiB. */
const UNDER_WAY_CHARACTERS = 16 * 2 ** 20;

export interface ImportHistory<Event> {
  /** This event is already in the store, from an earlier attempt. */
  readonly found: (event: Event) => void;
  /** Takes the next event of the history. Rejects with ImportFailed once one could not be written. */
  readonly add: (event: Event) => Promise<void>;
  /** Resolves when everything added is in the store. */
  readonly end: () => Promise<void>;
}

export class ImportFailed extends Error {
  constructor(readonly why: AppendError) {
    super(
      why === 'RevisionConflict'
        ? 'Something else wrote to the event store meanwhile'
        : 'The event store does not answer',
    );
  }
}

/**
 * Writes a history into an empty store, in its order. `inFlight` appends are under way at once: more than one only where
 * the store keeps the order in which it was asked, as the embedded one does. `onWritten` hears of the last event of every
 * append, in their order, with its position in the store.
 */
export const importHistory = <Event extends HistoryEvent>(
  eventStore: EventStore,
  inFlight: number,
  onWritten: (last: Event, position: Position) => void = () => undefined,
): ImportHistory<Event> => {
  const revisions = new Map<string, Revision>();
  const underWay = new Set<Promise<void>>();
  let underWayCharacters = 0;
  let run: Run<Event> | null = null;
  let failure: ImportFailed | null = null;

  const write = async ({ streamId, events }: Run<Event>): Promise<void> => {
    const expected = revisions.get(streamId) ?? NO_STREAM;
    revisions.set(streamId, expected + events.length);
    const body = events.map(({ id, event, metadata }) => ({ id, event, metadata }));
    const appended = await appendSurely(eventStore)(streamId, expected, body)();
    const last = events.at(-1);
    if (E.isLeft(appended)) failure ??= new ImportFailed(appended.left);
    else if (last !== undefined) onWritten(last, appended.right.position);
  };
  const flush = async (): Promise<void> => {
    if (run === null) return;
    const { characters } = run;
    const writing = write(run).finally(() => {
      underWay.delete(writing);
      underWayCharacters -= characters;
    });
    underWay.add(writing);
    underWayCharacters += characters;
    run = null;
    while (underWay.size >= inFlight || underWayCharacters > UNDER_WAY_CHARACTERS) await Promise.race(underWay);
    if (failure !== null) throw failure;
  };

  return {
    found: ({ streamId }) => void revisions.set(streamId, (revisions.get(streamId) ?? NO_STREAM) + 1),
    add: async (event) => {
      const characters = JSON.stringify(event).length;
      const isFull = (one: Run<Event>): boolean =>
        one.events.length === RUN || one.characters + characters > RUN_CHARACTERS;
      if (run !== null && (run.streamId !== event.streamId || isFull(run))) await flush();
      run ??= { streamId: event.streamId, events: [], characters: 0 };
      run.events.push(event);
      run.characters += characters;
    },
    end: async () => {
      await flush();
      await Promise.all(underWay);
      if (failure !== null) throw failure;
    },
  };
};
