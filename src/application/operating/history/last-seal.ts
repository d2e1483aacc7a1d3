import { either as E } from 'fp-ts';
import { leafOfEvent } from '../../kernel/history/history-chain.js';
import { type Digest } from '../../kernel/history/merkle-tree.js';
import { yieldToEventLoop } from '../../kernel/yield-to-event-loop.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { BEGINNING, type EventStore, NO_STREAM, type Position, type Revision } from '../../ports/event-store.js';
import { digestOfSeal, type HistorySealed, isSealEvent, NO_SEAL, SEAL_STREAM, SHOWN_DIGITS } from './seal.js';

export interface SealedEventsPorts {
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly feed: Pick<EventFeed, 'read'>;
}

export interface LastSealPorts extends SealedEventsPorts {
  readonly eventStore: Pick<EventStore, 'readStream' | 'lastRevision'>;
}

/** Where sealing goes on. */
export interface LastSeal {
  readonly revision: Revision;
  readonly digest: Digest;
  /** Everything up to here is sealed. */
  readonly position: Position;
}

/** 'SealUnreadable': it was written by a newer version, or is damaged. 'SealedEventsMissing': what it seals is not here. */
export type LastSealError = 'EventStoreUnavailable' | 'SealUnreadable' | 'SealedEventsMissing';

const BATCH = 250;

/**
 * Where the last event of a seal stands in this store; `sealedAt` is the position of the seal itself. The positions in a seal
 * are those of the store where it was made. If the store has dropped the last event, the last one that is left is used.
 */
export const endOf = async (
  { feed, eventStore }: SealedEventsPorts,
  { end: last, leaves }: HistorySealed,
  sealedAt: Position,
): Promise<E.Either<LastSealError, Position>> => {
  const sealed = new Set(leaves.map((leaf) => leaf.slice(0, SHOWN_DIGITS)));
  const isSealed = (event: Parameters<typeof leafOfEvent>[0]): boolean =>
    sealed.has(leafOfEvent(event).slice(0, SHOWN_DIGITS));

  const there = await eventStore.readStream(last.streamId, last.revision, 1)();
  if (E.isLeft(there)) return there;
  const [found] = there.right;
  if (found !== undefined && isSealed(found)) return E.right(found.position);
  let end: Position | null = null;
  for (let position = BEGINNING; position < sealedAt;) {
    const batch = await feed.read(position, { batchSize: BATCH })();
    if (E.isLeft(batch)) return batch;
    for (const event of batch.right.events) if (event.position < sealedAt && isSealed(event)) end = event.position;
    if (batch.right.caughtUp) break;
    position = batch.right.position;
    await yieldToEventLoop();
  }
  return end === null ? E.left('SealedEventsMissing') : E.right(end);
};

export const lastSeal = async (ports: LastSealPorts): Promise<E.Either<LastSealError, LastSeal>> => {
  const { eventStore } = ports;
  const revision = await eventStore.lastRevision(SEAL_STREAM)();
  if (E.isLeft(revision)) return revision;
  if (revision.right === NO_STREAM) return E.right({ revision: NO_STREAM, digest: NO_SEAL, position: BEGINNING });
  const found = await eventStore.readStream(SEAL_STREAM, revision.right, 1)();
  if (E.isLeft(found)) return found;
  const [last] = found.right;
  if (last === undefined || !isSealEvent(last.event) || isSealEvent.faultOf(last) !== null)
    return E.left('SealUnreadable');
  const position = await endOf(ports, last.event, last.position);
  if (E.isLeft(position)) return position;
  return E.right({ revision: last.revision, digest: digestOfSeal(last.event), position: position.right });
};
