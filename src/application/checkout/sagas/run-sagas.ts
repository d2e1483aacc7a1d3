import { either as E } from 'fp-ts';
import { type KeptCheckpoint } from '../../kernel/process/kept-checkpoint.js';
import { type Task } from '../../kernel/process/while-leading.js';
import { isOrderEvent, ORDER_STREAMS } from '../order/order-aggregate.js';
import { isPaymentEvent, PAYMENT_STREAMS } from '../payment/payment-aggregate.js';
import { type EventFeed, type FeedBatch } from '../../ports/event-feed.js';
import { type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type Build } from '../../ports/read-models.js';
import { inOrderOfKey } from './in-order-of-key.js';
import { isSagaEvent, SAGA_STREAMS } from './saga-aggregate.js';
import { type WorkOnOrder } from './work-on-order.js';

export interface RunSagasPorts {
  readonly feed: EventFeed;
  readonly checkpoint: KeptCheckpoint;
  readonly work: WorkOnOrder;
}

/** Its checkpoint is kept where views keep theirs, and is fenced as theirs are. */
export const sagaCheckpoint: Build = { view: 'order-saga', version: 1, build: 1 };

export const sagaStreams = [ORDER_STREAMS, PAYMENT_STREAMS, SAGA_STREAMS];

const TRIGGERS: ReadonlySet<string> = new Set([
  'OrderPaid',
  'OrderCancelled',
  'OrderFailed',
  'OrderExpired',
  'OrderShipped',
  'OrderDelivered',
  'PaymentCompleted',
  'PaymentDeclined',
  'SagaReleased',
]);

/** Given again, every event is one to look at the order for: what was passed over may be all there ever was. */
const orderOf = ({ event }: RecordedEvent, isReplay: boolean): string | null => {
  if (!isReplay && !TRIGGERS.has(event.type)) return null;
  return isOrderEvent(event) || isPaymentEvent(event) || isSagaEvent(event) ? event.orderId : null;
};

/** Orders worked on at once. */
const SIDE_BY_SIDE = 64;
/** Orders waiting for their turn in memory, before the feed has to wait. */
const MOST_WAITING = 2_000;

/**
 * Carries every order through, from the feed: what happens to one order is acted upon in its order, different orders side
 * by side, and one that is stuck holds up nobody. The checkpoint moves up to the oldest event not yet acted upon; after
 * a crash the rest is acted upon again, which changes nothing. Should another process have moved the checkpoint,
 * `overtaken` is called: of two, one goes on.
 */
export const runSagas = async ({ feed, checkpoint, work }: RunSagasPorts, overtaken: () => void): Promise<Task> => {
  let from: Position = await checkpoint.read();
  let seen = from;
  const stopping = new AbortController();
  const lane = inOrderOfKey({ sideBySide: SIDE_BY_SIDE, mostWaiting: MOST_WAITING });

  let saving: Promise<void> = Promise.resolve();
  const save = async (): Promise<void> => {
    const to = Math.min(seen, lane.oldest() - 1);
    if (to <= from || stopping.signal.aborted) return;
    const moved = await checkpoint.moveTo(to);
    if (E.isRight(moved)) from = to;
    else if (moved.left === 'CheckpointMoved') {
      stopping.abort();
      overtaken();
    }
  };

  const handle = async ({ events, position, isReplay = false }: FeedBatch): Promise<void> => {
    if (stopping.signal.aborted) return;
    for (const recorded of events) {
      const orderId = orderOf(recorded, isReplay);
      if (orderId === null || (recorded.position <= seen && !isReplay)) continue;
      await lane.room();
      lane.add(orderId, recorded.position, () => work(orderId, recorded.metadata.correlationId, stopping.signal));
    }
    seen = Math.max(seen, position);
    saving = saving.then(save);
    await saving;
  };
  const subscription = feed.subscribe(from, handle, {
    streamPrefixes: sagaStreams,
    batchSize: 500,
  });
  lane.onDone(() => {
    saving = saving.then(save);
  });
  return {
    position: () => seen,
    stop: async () => {
      const stopped = subscription.stop();
      stopping.abort();
      await Promise.all([stopped, lane.idle()]);
      await saving;
    },
  };
};
