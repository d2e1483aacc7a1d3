import { either as E } from 'fp-ts';
import { orAway } from '../../kernel/audit/away.js';
import { leafOfEvent } from '../../kernel/history/history-chain.js';
import { yieldToEventLoop } from '../../kernel/yield-to-event-loop.js';
import {
  BEGINNING,
  type EventStore,
  NO_STREAM,
  type Position,
  type RecordedEvent,
  type Revision,
} from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { isWhole } from './compare-sealed.js';
import { type HistorySealed, isSealEvent, SEAL_STREAM, SHOWN_DIGITS } from './seal.js';

export interface SealedEventsPorts {
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly feed: Pick<EventFeed, 'read'>;
}

/** 'SealUnreadable': it was written by a newer version, or is damaged. 'SealedEventsMissing': what it seals is not here. */
type SealError = 'SealUnreadable' | 'SealedEventsMissing';

/** A seal, and where it stands in this store. */
export type RecordedSeal = Pick<RecordedEvent<HistorySealed>, 'event' | 'revision' | 'position'>;

const BATCH = 250;

const shown = (leaf: string): string => leaf.slice(0, SHOWN_DIGITS);

/** For `unlessAway`. */
export const sealAt = async (
  eventStore: SealedEventsPorts['eventStore'],
  revision: Revision,
): Promise<E.Either<SealError, RecordedSeal>> => {
  const [seal] = await orAway(eventStore.readStream(SEAL_STREAM, revision, 1));
  if (seal === undefined || !isSealEvent(seal.event) || isSealEvent.faultOf(seal) !== null)
    return E.left('SealUnreadable');
  return E.right({ ...seal, event: seal.event });
};

/**
 * Where the last event of a seal stands; null if the store has dropped it, or holds another one there. One that it may not drop
 * stands where it stood, also if it was changed.
 */
const endIfThere = async (
  eventStore: SealedEventsPorts['eventStore'],
  { end, leaves }: HistorySealed,
): Promise<Position | null> => {
  const [found] = await orAway(eventStore.readStream(end.streamId, end.revision, 1));
  if (found === undefined) return null;
  const leaf = shown(leafOfEvent(found));
  return !isWhole(leaves.at(-1) ?? leaf) || leaves.some((each) => shown(each) === leaf) ? found.position : null;
};

/** Going back from a seal: the first one whose last event is there, and where. Without any, what is before the first seal. */
const lastEndThere = async (
  eventStore: SealedEventsPorts['eventStore'],
  from: RecordedSeal,
): Promise<E.Either<SealError, Pick<RecordedSeal, 'revision' | 'position'>>> => {
  for (let seal = from; ;) {
    const position = await endIfThere(eventStore, seal.event);
    const { revision } = seal;
    if (position !== null) return E.right({ revision, position });
    if (revision === 0) return E.right({ revision: NO_STREAM, position: BEGINNING });
    const before = await sealAt(eventStore, revision - 1);
    if (E.isLeft(before)) return before;
    seal = before.right;
  }
};

/** The positions of the events between two others, by the shown digits of their leaves. */
const positionsBetween = async (
  feed: SealedEventsPorts['feed'],
  after: Position,
  until: Position,
): Promise<ReadonlyMap<string, Position>> => {
  const positions = new Map<string, Position>();
  for (let position = after; position < until;) {
    const batch = await orAway(feed.read(position, { batchSize: BATCH }));
    for (const event of batch.events)
      if (event.position < until && event.streamId !== SEAL_STREAM)
        positions.set(shown(leafOfEvent(event)), event.position);
    if (batch.caughtUp) break;
    position = batch.position;
    await yieldToEventLoop();
  }
  return positions;
};

/**
 * Where the last event of a seal stands in this store; the positions in a seal are those of the store where it was made. If the
 * store has dropped the last event, the last one that is left is used; if it was allowed to drop all of them and did, the end of
 * the seal before. However many seals that are, the events are read once. For `unlessAway`.
 */
export const endOf = async (
  { feed, eventStore }: SealedEventsPorts,
  last: RecordedSeal,
): Promise<E.Either<SealError, Position>> => {
  const there = await lastEndThere(eventStore, last);
  if (E.isLeft(there)) return there;
  if (there.right.revision === last.revision) return E.right(there.right.position);
  const left = await positionsBetween(feed, there.right.position, last.position);
  for (let seal = last; ;) {
    const { leaves } = seal.event;
    const end = Math.max(...leaves.map((leaf) => left.get(shown(leaf)) ?? BEGINNING));
    if (end > BEGINNING) return E.right(end);
    if (!leaves.every(isWhole)) return E.left('SealedEventsMissing');
    if (seal.revision - 1 === there.right.revision) return E.right(there.right.position);
    const before = await sealAt(eventStore, seal.revision - 1);
    if (E.isLeft(before)) return before;
    seal = before.right;
  }
};
