import {
  type AllStreamRecordedEvent,
  type AllStreamResolvedEvent,
  BACKWARDS,
  END,
  type ReadPosition,
  START,
} from '@eventstore/db-client';
import { either as E } from 'fp-ts';
import { type EventFeed } from '../../application/ports/event-feed.js';
import { BEGINNING, type Position, type RecordedEvent } from '../../application/ports/event-store.js';
import { type Connection } from './connection.js';
import { isOurs, positionOf, toRecorded } from './record.js';

export const DEFAULT_BATCH = 1_000;

/** Where reading or subscribing begins. Reading includes the event there, subscribing does not. */
export const fromPosition = (after: Position) =>
  after === BEGINNING ? START : { commit: BigInt(after), prepare: BigInt(after) };

const unavailable = E.left('EventStoreUnavailable' as const);

/** To the end: leaving a read early leaves its call open, and the client waits for it when it is closed. */
const collect = async (read: AsyncIterable<AllStreamResolvedEvent>): Promise<ReadonlyArray<AllStreamRecordedEvent>> => {
  const events: AllStreamRecordedEvent[] = [];
  for await (const { event } of read) if (event !== undefined) events.push(event);
  return events;
};

/** Reads one more than asked for: the event at `after` comes first and is passed over. */
export const readAll =
  (connection: Connection): EventFeed['read'] =>
  (after, { batchSize = DEFAULT_BATCH, streamPrefixes } = {}) =>
  async () => {
    const maxCount = batchSize + 1;
    const read = await connection.attempt(async (client) => {
      const events: RecordedEvent[] = [];
      let position = after;
      const read = await collect(client.readAll({ fromPosition: fromPosition(after), maxCount }));
      for (const event of read) {
        if (positionOf(event.position) <= after || events.length === batchSize) continue;
        position = positionOf(event.position);
        const wanted = streamPrefixes?.some((prefix) => event.streamId.startsWith(prefix)) ?? isOurs(event);
        if (wanted) events.push(toRecorded(event, position));
      }
      return { events, position, caughtUp: read.length < maxCount };
    });
    return E.isRight(read) ? read : unavailable;
  };

const PAGE = 50;

/** The last event that is not the server's own: those come every few seconds, and no subscriber waits for them. */
export const head =
  (connection: Connection): EventFeed['head'] =>
  () =>
  async () => {
    for (let before: ReadPosition = END; ;) {
      const page = await connection.attempt((client) =>
        collect(client.readAll({ direction: BACKWARDS, fromPosition: before, maxCount: PAGE })),
      );
      if (E.isLeft(page)) return unavailable;
      const last = page.right.find(isOurs);
      if (last !== undefined) return E.right(positionOf(last.position));
      const oldest = page.right.at(-1);
      if (oldest === undefined || page.right.length < PAGE) return E.right(BEGINNING);
      before = oldest.position;
    }
  };
