import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerWritableStream, status } from '@grpc/grpc-js';
import { either as E, type taskEither as TE } from 'fp-ts';
import {
  BEGINNING,
  type EventStore,
  NO_STREAM,
  type Position,
  type RecordedEvent,
} from '../../../src/application/ports/event-store.js';
import { type EventFeed } from '../../../src/application/ports/event-feed.js';
import { refusalOf } from './access.js';
import { lastRevision } from './append.js';
import { type Behaviour } from './behaviour.js';
import { truncatedBefore } from './serve-delete.js';
import { serveSubscription } from './serve-subscription.js';
import { streamNotFound, streamOf, toReadResponse } from './wire.js';

export interface Served extends Behaviour {
  readonly store: EventStore;
  readonly feed: EventFeed;
}

export type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

const BACKWARDS = 1;
const PAGE = 1_000;

const orThrow = async <A>(task: TE.TaskEither<string, A>): Promise<A> => {
  const answer = await task();
  if (E.isLeft(answer)) throw new Error(answer.left);
  return answer.right;
};

const ofStream = async (
  { store }: Served,
  options: streams.ReadReq.Options,
): Promise<ReadonlyArray<RecordedEvent> | null> => {
  const events = await allOfStream(store, options);
  const kept = await truncatedBefore(store, streamOf(options.getStream()?.getStreamIdentifier()));
  const shown = events?.filter(({ revision }) => revision >= kept) ?? null;
  return kept > 0 && shown?.length === 0 ? null : shown;
};

const allOfStream = async (
  store: EventStore,
  options: streams.ReadReq.Options,
): Promise<ReadonlyArray<RecordedEvent> | null> => {
  const from = options.getStream();
  const streamId = streamOf(from?.getStreamIdentifier());
  const count = Number(options.getCount());
  if (options.getReadDirection() === BACKWARDS) {
    const last = await lastRevision(store, streamId);
    if (last === NO_STREAM) return null;
    return [...(await orThrow(store.readStream(streamId, Math.max(0, last - count + 1), count)))].reverse();
  }
  const events = await orThrow(store.readStream(streamId, from?.hasRevision() ? Number(from.getRevision()) : 0, count));
  return events.length === 0 && (await lastRevision(store, streamId)) === NO_STREAM ? null : events;
};

/** To the end, however much our own store gives at a time. */
const following = async (feed: EventFeed, after: Position, count: number): Promise<ReadonlyArray<RecordedEvent>> => {
  const events: RecordedEvent[] = [];
  for (let from = after; events.length < count;) {
    const batch = await orThrow(feed.read(from, { batchSize: Math.min(count - events.length, PAGE) }));
    events.push(...batch.events);
    if (batch.caughtUp) break;
    from = batch.position;
  }
  return events;
};

const ofAll = async ({ feed }: Served, options: streams.ReadReq.Options): Promise<ReadonlyArray<RecordedEvent>> => {
  const count = Number(options.getCount());
  if (options.getReadDirection() !== BACKWARDS) {
    const position = options.getAll()?.getPosition();
    return following(feed, position === undefined ? BEGINNING : Number(position.getCommitPosition()) - 1, count);
  }
  const position = options.getAll()?.getPosition();
  const last = position === undefined ? await orThrow(feed.head()) : Number(position.getCommitPosition()) - 1;
  const { events } = await orThrow(feed.read(Math.max(BEGINNING, last - PAGE), { batchSize: PAGE }));
  return events
    .filter(({ position }) => position <= last)
    .reverse()
    .slice(0, count);
};

const answer = async (served: Served, call: ReadCall, options: streams.ReadReq.Options): Promise<void> => {
  const events = options.hasStream() ? await ofStream(served, options) : await ofAll(served, options);
  if (events === null) call.write(streamNotFound(streamOf(options.getStream()?.getStreamIdentifier())));
  else
    for (const event of events) {
      await served.beforeEach?.(event);
      call.write(toReadResponse(event));
    }
  call.end();
};

/** Streams/Read: of a stream or of all, either way, or a subscription that never ends. */
export const serveRead =
  (served: Served) =>
  (call: ReadCall): void => {
    const options = call.request.getOptions() ?? new streams.ReadReq.Options();
    const serve = async (): Promise<void> => {
      const refusal = await refusalOf(served.store, served, call, options.hasAll() ? 'readAll' : 'readStream');
      if (refusal !== null) return void call.emit('error', refusal);
      if (options.hasSubscription()) return serveSubscription(served, call, options);
      await answer(served, call, options);
    };
    void serve().catch((error: unknown) => call.emit('error', { code: status.UNAVAILABLE, details: String(error) }));
  };
