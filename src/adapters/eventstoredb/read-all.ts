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
import { type EventFeed } from '../../application/ports/event-feed.js';
import { BEGINNING, type Position, type RecordedEvent } from '../../application/ports/event-store.js';
import { type Connection } from './connection.js';
import { type Wait } from './in-time.js';
import { readToEnd } from './read-to-end.js';
import { isOurs, positionOf, toRecorded } from './record.js';
import { type AllPage, sharedPages } from './shared-pages.js';

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
  const events: RecordedEvent[] = [];
  let position = after;
  let passed = 0;
  const read = await collect(client.readAll({ fromPosition: fromPosition(after), maxCount }), wait);
  for (const event of read) {
    const at = positionOf(event.position);
    if (at <= after || passed === batchSize) continue;
    passed += 1;
    position = at;
    events.push(toRecorded(event, at));
  }
  return { events, position, caughtUp: read.length < maxCount };
};

/** All events but the server's own, or those of the streams asked for. */
export const readAll = (connection: Connection): EventFeed['read'] => {
  const pages = sharedPages((after, batchSize) =>
    connection.attempt((client, wait) => pageAfter(client, wait, after, batchSize)),
  );
  return (after, { batchSize = DEFAULT_BATCH, streamPrefixes } = {}) =>
    async () => {
      const page = await pages(after, batchSize);
      if (E.isLeft(page)) return unavailable;
      const wanted = (event: RecordedEvent): boolean =>
        streamPrefixes?.some((prefix) => event.streamId.startsWith(prefix)) ?? isOurs(event);
      return E.right({ ...page.right, events: page.right.events.filter(wanted) });
    };
};

const PAGE = 50;

/** The last event that is not the server's own: those come every few seconds, and no subscriber waits for them. */
export const head =
  (connection: Connection): EventFeed['head'] =>
  () =>
  async () => {
    for (let before: ReadPosition = END; ;) {
      const page = await connection.attempt((client, wait) =>
        collect(client.readAll({ direction: BACKWARDS, fromPosition: before, maxCount: PAGE }), wait),
      );
      if (E.isLeft(page)) return unavailable;
      const last = page.right.find(isOurs);
      if (last !== undefined) return E.right(positionOf(last.position));
      const oldest = page.right.at(-1);
      if (oldest === undefined || page.right.length < PAGE) return E.right(BEGINNING);
      before = oldest.position;
    }
  };
