import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type FeedBatch } from '../../../src/application/ports/event-feed.js';
import { BEGINNING, type RecordedEvent } from '../../../src/application/ports/event-store.js';
import { type ReadCall, type Served } from './serve-read.js';
import { toReadResponse } from './wire.js';

const wantedBy = (options: streams.ReadReq.Options): ((event: RecordedEvent) => boolean) => {
  const prefixes = options.getFilter()?.getStreamIdentifier()?.getPrefixList() ?? [];
  const types = options.getFilter()?.getEventType()?.getRegex();
  return ({ streamId, event }) =>
    (prefixes.length === 0 || prefixes.some((prefix) => streamId.startsWith(prefix))) &&
    (types === undefined || types === '' || new RegExp(types).test(event.type));
};

/** What the server looks through at a time when it is not told. */
const SEARCH_WINDOW = 32;

const checkpointEvery = (options: streams.ReadReq.Options): number => {
  const filter = options.getFilter();
  if (filter === undefined) return Infinity;
  return (filter.hasMax() ? filter.getMax() : SEARCH_WINDOW) * filter.getCheckpointintervalmultiplier();
};

/**
 * A subscription to all: confirmed, then every event wanted, and «caught up» once. As of a server, a checkpoint comes only
 * after so many events looked at, wanted or not: at the end of a quiet log there is no word of what was passed over.
 */
export const serveSubscription = (
  { feed, onSubscription }: Served,
  call: ReadCall,
  options: streams.ReadReq.Options,
): void => {
  const position = options.getAll()?.getPosition();
  const wanted = wantedBy(options);
  const every = checkpointEvery(options);
  let looked = 0;
  let told = false;
  const send = async (response: streams.ReadResp): Promise<void> => {
    if (!call.write(response) && !call.destroyed) await Promise.race([once(call, 'drain'), once(call, 'close')]);
  };
  const checkpoint = ({ position }: RecordedEvent): Promise<void> => {
    const at = new streams.ReadResp.Checkpoint()
      .setCommitPosition(String(position))
      .setPreparePosition(String(position));
    return send(new streams.ReadResp().setCheckpoint(at));
  };
  const caughtUp = async (): Promise<void> => {
    if (told) return;
    told = true;
    await send(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
  };
  const forward = async (batch: FeedBatch): Promise<void> => {
    for (const event of batch.events) {
      if (wanted(event)) await send(toReadResponse(event));
      looked += 1;
      if (looked % every === 0) await checkpoint(event);
    }
    if (batch.caughtUp) await caughtUp();
  };
  call.write(
    new streams.ReadResp().setConfirmation(
      new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID()),
    ),
  );
  const after = position === undefined ? BEGINNING : Number(position.getCommitPosition());
  const subscription = feed.subscribe(after, forward);
  onSubscription?.(() => call.end());
  call.on('cancelled', () => void subscription.stop());
  call.on('close', () => void subscription.stop());
};
