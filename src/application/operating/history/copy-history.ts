import { EMPTY_HISTORY, nextHead } from '../../kernel/history/history-chain.js';
import { BEGINNING, type EventStore, type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { eventsAfter } from './export-history.js';
import { importHistory } from './import-history.js';

export interface CopyHistoryPorts {
  readonly from: Pick<EventFeed, 'read'>;
  readonly to: { readonly eventStore: EventStore; readonly feed: Pick<EventFeed, 'read'> };
  /** Appends under way at once: more than one only where the store keeps the order in which it was asked. */
  readonly inFlight: number;
  /** How many events are in both stores. */
  readonly onCopied: (events: number) => void;
  /** Every event copied, once. */
  readonly onEvent: (event: RecordedEvent) => void;
}

export interface CopyHistory {
  /**
   * Finds what an earlier attempt has copied; answers how many events. Rejects with TargetDiffers where the other store
   * holds anything else, with TargetAhead where it holds more, with HistoryUnavailable where a store does not answer.
   */
  readonly resume: () => Promise<number>;
  /** Copies what was recorded up to a position. Rejects with ImportFailed, HistoryUnavailable. */
  readonly copyUntil: (until: Position) => Promise<void>;
  /** Reads back what was copied. Rejects with TargetDiffers where its chain is another one. Call it in between: it is then short at the end. */
  readonly readBack: () => Promise<{ readonly events: number; readonly head: string }>;
  /**
   * Where the last event stands that was recorded at or before a position: in the other store. Of a position long ago it may be
   * one of the events before.
   */
  readonly positionThere: (position: Position) => Position;
}

/** What the other store holds is not a beginning of this history. */
export class TargetDiffers extends Error {
  constructor(event: number) {
    super(`The target event store does not hold the same events as this shop, from event ${event} on`);
  }
}

/** The other store holds all of this history, and more: a shop goes on there, whose events nobody may throw away. */
export class TargetAhead extends Error {
  constructor(events: number) {
    super(
      `The target event store already holds all ${events} events of this shop, and more: a shop goes on selling there`,
    );
  }
}

/** Places remembered: nearly every one of the last that were copied, fewer and fewer of those before. */
const PLACES = 10_000;

/** Where events stand in both stores. What is not remembered is answered with a place before it. */
const copiedPlaces = () => {
  const places: Array<{ readonly here: Position; readonly there: Position }> = [];
  return {
    add: (here: Position, there: Position): void => {
      places.push({ here, there });
      if (places.length < PLACES) return;
      const older = places.splice(0, PLACES / 2);
      places.unshift(...older.filter((_, index) => index % 2 === 0));
    },
    find: (position: Position): Position => places.findLast((place) => place.here <= position)?.there ?? BEGINNING,
  };
};

/** Copies a history that goes on growing, in its order, from one store to another, and proves that both are the same. */
export const copyHistory = ({ from, to, inFlight, onCopied, onEvent }: CopyHistoryPorts): CopyHistory => {
  let here = { position: BEGINNING, events: 0, head: EMPTY_HISTORY };
  let there = here;
  const copied = copiedPlaces();
  const writing = importHistory<RecordedEvent>(to.eventStore, inFlight, (last, position) =>
    copied.add(last.position, position),
  );
  const next = (at: typeof here, event: RecordedEvent): typeof here => ({
    position: event.position,
    events: at.events + 1,
    head: nextHead(at.head, event),
  });

  const resume = async (): Promise<number> => {
    const original = eventsAfter(from, BEGINNING);
    for await (const event of eventsAfter(to.feed, BEGINNING)) {
      const same = await original.next();
      there = next(there, event);
      if (same.done === true) throw here.events === 0 ? new TargetDiffers(1) : new TargetAhead(here.events);
      here = next(here, same.value);
      if (here.head !== there.head) throw new TargetDiffers(there.events);
      writing.found(same.value);
      onEvent(same.value);
      copied.add(here.position, there.position);
    }
    return here.events;
  };

  const copyUntil = async (until: Position): Promise<void> => {
    for await (const event of eventsAfter(from, here.position)) {
      if (event.position > until) break;
      await writing.add(event);
      here = next(here, event);
      onEvent(event);
      onCopied(here.events);
    }
    await writing.end();
  };

  const readBack: CopyHistory['readBack'] = async () => {
    for await (const event of eventsAfter(to.feed, there.position)) there = next(there, event);
    if (there.events !== here.events || there.head !== here.head) throw new TargetDiffers(there.events);
    return { events: there.events, head: there.head };
  };

  return {
    resume,
    copyUntil,
    readBack,
    positionThere: copied.find,
  };
};
