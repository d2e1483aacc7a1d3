import { either as E } from 'fp-ts';
import { type OrderEvent } from '../../../domain/order/events.js';
import { isOrderEvent, ORDER_STREAMS } from '../../checkout/order/order-aggregate.js';
import { type Clock } from '../../ports/clock.js';
import { type DataPlatform, type StatusChange } from '../../ports/data-platform.js';
import { type EventFeed, type FeedBatch } from '../../ports/event-feed.js';
import { type Position } from '../../ports/event-store.js';
import { type Log } from '../../ports/log.js';
import { type Metrics } from '../../ports/metrics.js';
import { type Build } from '../../ports/read-models.js';
import { type KeptCheckpoint } from '../../kernel/process/kept-checkpoint.js';
import { type Task } from '../../kernel/process/while-leading.js';
import { pause } from '../../kernel/projection/pause.js';
import { statusOf } from './order-integration.js';

export interface TellDataPlatformPorts {
  readonly feed: EventFeed;
  readonly checkpoint: KeptCheckpoint;
  readonly platform: DataPlatform;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Its own: however far behind the receiver is, nothing else waits for it. */
export const dataPlatformCheckpoint: Build = { view: 'data-platform', version: 1, build: 1 };

export const toldStreams = [ORDER_STREAMS];

const TRIES = 3;
const FIRST_BACK_OFF_MS = 200;

export const changeOf = (event: OrderEvent): StatusChange | null => {
  if (event.type === 'OrderPaymentRefused') return null;
  const { orderId, userId, at } = event;
  const status = statusOf[event.type];
  return { orderId, userId, status, idempotencyKey: `${orderId}-${status}`, at };
};

/**
 * Tells the data platform every change of an order's status, in order, at least once. While it is down the batch waits,
 * and with it this checkpoint alone. Should another process have moved the checkpoint, `overtaken` is called.
 */
export const tellDataPlatform = async (ports: TellDataPlatformPorts, overtaken: () => void): Promise<Task> => {
  const { feed, checkpoint, platform, clock, log, metrics } = ports;
  let from: Position = await checkpoint.read();
  const stopping = new AbortController();

  const tell = async (change: StatusChange): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      const told = await platform.tell(change)();
      metrics.count('data_platform_sent_total', { result: E.isLeft(told) ? told.left : 'sent' });
      if (E.isRight(told)) return;
      if (told.left === 'Refused')
        return log.error({ key: change.idempotencyKey }, 'The data platform refuses a status change; it goes without');
      // The feed gives the batch again, after its own back-off.
      if (tries === TRIES || stopping.signal.aborted) throw new Error(told.left);
      await pause(clock, FIRST_BACK_OFF_MS * 2 ** tries, stopping.signal);
    }
  };

  const handle = async ({ events, position, isReplay = false }: FeedBatch): Promise<void> => {
    if (stopping.signal.aborted) return;
    for (const { event, position: at } of events) {
      if ((at <= from && !isReplay) || !isOrderEvent(event)) continue;
      const change = changeOf(event);
      if (change !== null) await tell(change);
    }
    const moved = await checkpoint.moveTo(position);
    if (E.isRight(moved)) from = position;
    else if (moved.left === 'CheckpointMoved') {
      stopping.abort();
      overtaken();
    } else throw new Error(moved.left);
  };

  const subscription = feed.subscribe(from, handle, { streamPrefixes: toldStreams, batchSize: 50 });
  return {
    position: () => from,
    stop: () => {
      stopping.abort();
      return subscription.stop();
    },
  };
};
