import {
  type AllStreamRecordedEvent,
  type AllStreamResolvedEvent,
  BACKWARDS,
  END,
  type EventStoreDBClient,
  type ReadPosition,
  START,
  type StreamingRead,
} from '@eventstore/db-client';
import { either as E } from 'fp-ts';
import { sharedNext } from '../../application/kernel/shared-next.js';
import { BEGINNING, type Position, type RecordedEvent } from '../../application/ports/event-store.js';
import { type EventFeed, type FeedOptions } from '../../application/ports/event-feed.js';
import { type Received } from './batch-buffer.js';
import { type Connection } from './connection.js';
import { type Wait } from './in-time.js';
import { readToEnd } from './read-to-end.js';
import { followingOf, isOurs, positionOf, toRecorded } from './record.js';
import { type AllPage, type Pages, sharedPages } from './shared-pages.js';

export const DEFAULT_BATCH = 1_000;

/** Where reading or subscribing begins. Reading includes the event there, subscribing does not. */
export const fromPosition = (after: Position) =>
  after === BEGINNING ? START : { commit: BigInt(after), prepare: BigInt(after) };

const unavailable = E.left('EventStoreUnavailable' as const);

/** Leaves out links whose event is gone. */
export const collect = async (
  read: StreamingRead<AllStreamResolvedEvent>,
  wait: Wait,
): Promise<ReadonlyArray<AllStreamRecordedEvent>> =>
  (await readToEnd(read, wait)).flatMap(({ event }) => (event === undefined ? [] : [event]));

/** The events behind a position, the server's own among them. Reads one more: the event there comes first and is passed over. */
export const pageAfter = async (
  client: EventStoreDBClient,
  wait: Wait,
  after: Position,
  batchSize: number,
): Promise<AllPage> => {
  const maxCount = batchSize + 1;
  const received: Received[] = [];
  let position = after;
  let passed = 0;
  const read = await collect(client.readAll({ fromPosition: fromPosition(after), maxCount }), wait);
  for (const event of read) {
    const at = positionOf(event.position);
    if (at <= after || passed === batchSize) continue;
    passed += 1;
    position = at;
    received.push({ event: toRecorded(event, at), following: followingOf(event) });
  }
  return { received, position, caughtUp: read.length < maxCount };
};

export const pagesOf = (connection: Connection): Pages =>
  sharedPages((after, batchSize) => connection.attempt((client, wait) => pageAfter(client, wait, after, batchSize)));

/** Of the streams asked for; of all but the server's own where none are named. */
export const wantedBy =
  ({ streamPrefixes }: FeedOptions) =>
  (event: RecordedEvent): boolean =>
    streamPrefixes?.some((prefix) => event.streamId.startsWith(prefix)) ?? isOurs(event);

export const readAll =
  (pages: Pages): EventFeed['read'] =>
  (after, options = {}) =>
  async () => {
    for (let from = after; ;) {
      const page = await pages(from, options.batchSize ?? DEFAULT_BATCH);
      if (E.isLeft(page)) return unavailable;
      const { received, position, caughtUp } = page.right;
      const events = received.map(({ event }) => event);
      // Of an event of ours always, for the head is one: where there is none on the page the next one tells.
      const last = events.findLast(isOurs);
      if (last !== undefined || caughtUp)
        return E.right({ events: events.filter(wantedBy(options)), position: last?.position ?? after, caughtUp });
      from = position;
    }
  };

/** The position of the last event of all, the server's own among them. */
export const end =
  (connection: Connection): EventFeed['end'] =>
  () =>
  async () => {
    const last = await connection.attempt((client, wait) =>
      collect(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }), wait),
    );
    if (E.isLeft(last)) return unavailable;
    const [event] = last.right;
    return E.right(event === undefined ? BEGINNING : positionOf(event.position));
  };

/** Nearly always the last event is one of ours: those of the server come every few seconds. */
const FIRST = 1;
const MORE = 50;

/** The last event that is not the server's own: no subscriber waits for those. */
export const head = (connection: Connection): EventFeed['head'] => {
  const look = async (): Promise<E.Either<'EventStoreUnavailable', Position>> => {
    let before: ReadPosition = END;
    for (let maxCount = FIRST; ; maxCount = MORE) {
      const page = await connection.attempt((client, wait) =>
        collect(client.readAll({ direction: BACKWARDS, fromPosition: before, maxCount }), wait),
      );
      if (E.isLeft(page)) return unavailable;
      const last = page.right.find(isOurs);
      if (last !== undefined) return E.right(positionOf(last.position));
      const oldest = page.right.at(-1);
      if (oldest === undefined || page.right.length < maxCount) return E.right(BEGINNING);
      before = oldest.position;
    }
  };
  const shared = sharedNext(look);
  return () => shared;
};
