import streams from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { BEGINNING, type RecordedEvent } from '../../../src/application/ports/event-store.js';
import { type FeedBatch } from '../../../src/application/ports/event-feed.js';
import { MINUS_ONE } from './behaviour.js';
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
/** So many events wait for a live subscriber, not one more. */
const LIVE_BUFFER = 32;
const TOO_SLOW = 'Consumer too slow to handle event while live. Client resubscription required.';

const checkpointEvery = (options: streams.ReadReq.Options): number => {
  const filter = options.getFilter();
  if (filter === undefined) return Infinity;
  return (filter.hasMax() ? filter.getMax() : SEARCH_WINDOW) * filter.getCheckpointintervalmultiplier();
};

/**
 * A subscription to all: confirmed, then every event wanted, and «caught up». As of a server, a checkpoint comes only after
 * so many events looked at, wanted or not: at the end of a quiet log there is no word of what was passed over. Of 24.6 one
 * comes that is at -1 when it began at the start and met nothing. Who is too slow while live is thrown out by 23.10, and
 * told that it fell behind by 24.6.
 */
export const serveSubscription = (served: Served, call: ReadCall, options: streams.ReadReq.Options): void => {
  const { feed, onSubscription, version = '23.10', checkpoint: lie } = served;
  const position = options.getAll()?.getPosition();
  const after = position === undefined ? BEGINNING : Number(position.getCommitPosition());
  const wanted = wantedBy(options);
  const every = checkpointEvery(options);
  let looked = 0;
  let sent = 0;
  let isLive = false;
  let isThrownOut = false;
  const send = async (response: streams.ReadResp): Promise<void> => {
    if (!call.write(response) && !call.destroyed) await Promise.race([once(call, 'drain'), once(call, 'close')]);
  };
  const checkpoint = (at: bigint): Promise<void> => {
    const told = new streams.ReadResp.Checkpoint().setCommitPosition(String(at)).setPreparePosition(String(at));
    return send(new streams.ReadResp().setCheckpoint(told));
  };
  const cameBy = async (at: number): Promise<void> => {
    const told = lie?.(at) ?? null;
    if (told !== null) await checkpoint(told);
    else if (lie === undefined && looked > 0 && looked % every === 0) await checkpoint(BigInt(at));
  };
  const caughtUp = async (at: number): Promise<void> => {
    if (isLive) return;
    isLive = true;
    const metNothing = after === BEGINNING && sent === 0 && looked < every && every < Infinity;
    if (version === '24.6' && lie === undefined && metNothing) await checkpoint(MINUS_ONE);
    if (lie !== undefined) await cameBy(at);
    await send(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
  };
  const fallBehind = async (): Promise<'thrown out' | 'reads on'> => {
    if (version === '23.10') {
      isThrownOut = true;
      // After what was written before it; destroying the call would say nothing.
      call.emit('error', { code: status.ABORTED, details: TOO_SLOW });
      return 'thrown out';
    }
    isLive = false;
    await send(new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind()));
    return 'reads on';
  };
  const forward = async (batch: FeedBatch): Promise<void> => {
    if (call.destroyed || isThrownOut) return;
    const tooMany = isLive && batch.events.filter(wanted).length > LIVE_BUFFER;
    if (tooMany && (await fallBehind()) === 'thrown out') return;
    for (const event of batch.events) {
      if (wanted(event)) {
        sent += 1;
        await send(toReadResponse(event));
      }
      looked += 1;
      await cameBy(event.position);
    }
    if (batch.caughtUp) await caughtUp(batch.position);
  };
  call.write(
    new streams.ReadResp().setConfirmation(
      new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID()),
    ),
  );
  const subscription = feed.subscribe(after, forward);
  onSubscription?.(() => call.end());
  call.on('cancelled', () => void subscription.stop());
  call.on('close', () => void subscription.stop());
};
