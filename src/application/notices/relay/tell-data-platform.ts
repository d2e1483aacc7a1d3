import { type Build } from '../../ports/read-models.js';
import { either as E } from 'fp-ts';
import { type OrderEvent } from '../../../domain/order/events.js';
import { statusAfter } from '../../../domain/order/order.js';
import { isOrderEvent, ORDER_STREAMS } from '../../checkout/aggregates/order-aggregate.js';
import { type DataPlatform, type StatusChange } from '../../ports/data-platform.js';
import { type Process } from '../../kernel/process/process.js';
import { pause } from '../../kernel/projection/pause.js';
import { isToldOfOrder } from './order-integration.js';
import { type Ports } from '../../ports/ports.js';

export const dataPlatformCheckpoint: Build = { view: 'data-platform', version: 1, build: 1 };

export interface TellDataPlatformPorts extends Pick<Ports, 'clock' | 'log' | 'metrics'> {
  readonly platform: DataPlatform;
}

const TRIES = 3;
const FIRST_BACK_OFF_MS = 200;

const changeOf = (event: OrderEvent): StatusChange | null => {
  if (!isToldOfOrder(event)) return null;
  const { orderId, userId, at } = event;
  const status = statusAfter[event.type];
  return { orderId, userId, status, idempotencyKey: `${orderId}-${status}`, at };
};

/**
 * Tells the data platform every change of an order's status, in order, at least once. While it is down the batch waits,
 * and with it this process alone: however far behind the receiver is, nothing else waits for it.
 */
export const tellDataPlatform = ({ platform, clock, log, metrics }: TellDataPlatformPorts): Process<StatusChange> => {
  const tell = async (change: StatusChange, signal: AbortSignal): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      const told = await platform.tell(change)();
      metrics.count('data_platform_sent_total', { result: E.isLeft(told) ? told.left : 'sent' });
      if (E.isRight(told)) return;
      if (told.left === 'Refused')
        return log.error(
          { key: change.idempotencyKey },
          'The data platform refused a status change; it is not sent again',
        );
      // The batch comes again, after the feed's own back-off.
      if (tries === TRIES || signal.aborted) throw new Error(told.left);
      await pause(clock, FIRST_BACK_OFF_MS * 2 ** tries, signal);
    }
  };
  return {
    name: 'data-platform',
    streamPrefixes: [ORDER_STREAMS],
    checkpoint: dataPlatformCheckpoint,
    batchSize: 50,
    look: ({ event }) => (isOrderEvent(event) ? changeOf(event) : null),
    act: async (items, { signal }) => {
      for (const { work } of items) await tell(work, signal);
    },
  };
};
