import { either as E, type taskEither as TE } from 'fp-ts';
import { type CouponCreated } from '../../domain/coupon/events.js';
import { type Sale } from '../../domain/shop-event/event.js';
import { type SaleEvent } from '../../domain/shop-event/events.js';
import { COUPON_STREAMS } from '../coupon/coupon-streams.js';
import { couponsView } from '../coupon/views/coupons.js';
import { eventsOf } from '../kernel/writer/events-of.js';
import { CannotRead } from '../kernel/process/parking/parking.js';
import { readAggregate, type LoadAggregatePorts, UnreadableStream } from '../kernel/writer/load-aggregate.js';
import { orThrow } from '../kernel/or-throw.js';
import { type KeptCheckpoint } from '../kernel/process/kept-checkpoint.js';
import { type Task } from '../kernel/process/while-leading.js';
import { type EventFeed, type FeedBatch } from '../ports/event-feed.js';
import { type RecordedEvent } from '../ports/event-store.js';
import { type Build } from '../ports/read-models.js';
import { awaitCheckpoint } from '../kernel/projection/await-checkpoint.js';
import { EVENT_STREAMS, eventStream } from './event-streams.js';
import { isSaleEvent, saleAggregate } from './sale-aggregate.js';
import { type SaleChange, tellCoupon, tellCoupons, type TellCouponsPorts } from './tell-coupons.js';

export interface KeepCouponsInStepPorts extends TellCouponsPorts, LoadAggregatePorts {
  readonly feed: EventFeed;
  readonly checkpoint: KeptCheckpoint;
  /** What a cancelled event means for the orders placed for it. */
  readonly callOffOrders: (cancelled: {
    readonly eventId: string;
    readonly position: number;
    readonly correlationId: string;
  }) => TE.TaskEither<string, void>;
}

/** Its checkpoint is kept where views keep theirs, and is fenced as theirs are. */
export const inStepCheckpoint: Build = { view: 'coupons-in-step', version: 1, build: 1 };

export const inStepStreams = [EVENT_STREAMS, COUPON_STREAMS];

/** A view follows within milliseconds; when it does not, the batch comes again. */
const WAIT_MS = 2_000;
/** Most events say nothing of an event of the shop: the checkpoint is then moved only now and then. */
const UNWRITTEN = 10_000;

const isCouponCreated = eventsOf<CouponCreated>({ CouponCreated: true });

const changeOf = ({ type }: SaleEvent): SaleChange | null => {
  switch (type) {
    case 'EventOpened':
      return 'COUPON_SALE_OPENED';
    case 'EventClosed':
    case 'EventCancelled':
      return 'COUPON_SALE_CLOSED';
    case 'EventScheduled':
    case 'EventRescheduled':
      return null;
  }
};

const changeFor = ({ status }: Sale): SaleChange | null => {
  switch (status) {
    case 'Open':
      return 'COUPON_SALE_OPENED';
    case 'Closed':
    case 'Cancelled':
      return 'COUPON_SALE_CLOSED';
    case 'Pending':
    case 'Unknown':
      return null;
  }
};

/**
 * Tells coupons what their event has come to: when it opens or ends, every coupon tied to it; and a coupon that is
 * created, what its event is already; and has unpaid orders called off with their event. At least once, with a durable checkpoint; telling twice changes nothing. Between
 * the two no coupon is missed: one created before the opening is found by the view, which is waited for, and one
 * created after it finds the event open. Should another one have moved the checkpoint, this one stops and `overtaken`
 * is called.
 */
export const keepCouponsInStep = async (ports: KeepCouponsInStepPorts, overtaken: () => void): Promise<Task> => {
  const load = readAggregate(ports);
  const [tellOne, tellAll] = [tellCoupon(ports), tellCoupons(ports)];
  let from = await ports.checkpoint.read();
  let told = from;
  let stopped = false;

  const onSaleEvent = async (event: SaleEvent, { position, metadata }: RecordedEvent): Promise<boolean> => {
    const change = changeOf(event);
    if (change === null) return false;
    const caughtUp = await awaitCheckpoint(ports)({ view: couponsView, position, waitMs: WAIT_MS })();
    if (!orThrow(caughtUp)) throw new Error('The view of coupons is behind');
    const { eventId } = event;
    const { correlationId } = metadata;
    orThrow(await tellAll({ eventId, change, correlationId })());
    if (event.type === 'EventCancelled') orThrow(await ports.callOffOrders({ eventId, position, correlationId })());
    return true;
  };
  const eventOf = async (eventId: string, recorded: RecordedEvent): Promise<Sale> => {
    try {
      return orThrow(await load(saleAggregate, eventStream(eventId))()).state;
    } catch (error) {
      throw error instanceof UnreadableStream ? new CannotRead(recorded, error.message) : error;
    }
  };
  const onCreated = async ({ couponId, eventId }: CouponCreated, recorded: RecordedEvent): Promise<boolean> => {
    if (eventId === null) return false;
    const state = await eventOf(eventId, recorded);
    const change = changeFor(state);
    if (change === null) return false;
    orThrow(await tellOne(couponId, { eventId, change, correlationId: recorded.metadata.correlationId })());
    return true;
  };
  const tell = (recorded: RecordedEvent): Promise<boolean> | false => {
    const { event } = recorded;
    if (isSaleEvent(event)) return onSaleEvent(event, recorded);
    return isCouponCreated(event) && onCreated(event, recorded);
  };

  const keep = async ({ events, position }: FeedBatch): Promise<void> => {
    if (stopped) return;
    let hasTold = false;
    for (const recorded of events) hasTold = (await tell(recorded)) || hasTold;
    told = position;
    if (!hasTold && position - from < UNWRITTEN) return;
    const moved = await ports.checkpoint.moveTo(position);
    if (E.isLeft(moved) && moved.left === 'CheckpointMoved') {
      stopped = true;
      return overtaken();
    }
    orThrow(moved);
    from = position;
  };
  const subscription = ports.feed.subscribe(from, keep, { streamPrefixes: inStepStreams });
  return { stop: subscription.stop, position: () => told };
};
