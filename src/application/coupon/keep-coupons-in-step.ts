import { type Build } from '../ports/read-models.js';
import { type taskEither as TE } from 'fp-ts';
import { type CouponCreated } from '../../domain/coupon/events.js';
import { type Sale } from '../../domain/shop-event/event.js';
import { type SaleEvent } from '../../domain/shop-event/events.js';
import { COUPON_STREAMS } from './coupon-streams.js';
import { couponsView } from './coupons.js';
import { eventsOf } from '../kernel/writer/events-of.js';
import { CannotRead } from '../kernel/process/parking/parking.js';
import { readAggregate, type LoadAggregatePorts, UnreadableStream } from '../kernel/writer/load-aggregate.js';
import { orThrow } from '../kernel/or-throw.js';
import { type Process } from '../kernel/process/process.js';
import { type RecordedEvent } from '../ports/event-store.js';
import { awaitCheckpoint } from '../kernel/projection/await-checkpoint.js';
import { EVENT_STREAMS, eventStream } from '../shop-event/event-streams.js';
import { isSaleEvent, saleAggregate } from '../shop-event/sale-aggregate.js';
import { type SaleChange, tellCoupon, tellCoupons, type TellCouponsPorts } from './tell-coupons.js';

export const couponsInStepCheckpoint: Build = { view: 'coupons-in-step', version: 1, build: 1 };

export interface KeepCouponsInStepPorts extends TellCouponsPorts, LoadAggregatePorts {
  /** What a cancelled event means for the orders placed for it. */
  readonly callOffOrders: (cancelled: {
    readonly eventId: string;
    readonly position: number;
    readonly correlationId: string;
  }) => TE.TaskEither<string, void>;
}

/** A view follows within milliseconds; when it does not, the batch comes again. */
const WAIT_MS = 2_000;

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

type Work =
  | { readonly to: 'all'; readonly event: SaleEvent; readonly change: SaleChange }
  | { readonly to: 'one'; readonly couponId: string; readonly eventId: string };

const look = ({ event }: RecordedEvent): Work | null => {
  if (isSaleEvent(event)) {
    const change = changeOf(event);
    return change === null ? null : { to: 'all', event, change };
  }
  if (!isCouponCreated(event) || event.eventId === null) return null;
  return { to: 'one', couponId: event.couponId, eventId: event.eventId };
};

/**
 * Tells coupons what their event has come to: when it opens or ends, every coupon tied to it; and a coupon that is
 * created, what its event is already; and has unpaid orders called off with their event. Telling twice changes nothing.
 * Between the two no coupon is missed: one created before the opening is found by the view, which is waited for, and one
 * created after it finds the event open.
 */
export const keepCouponsInStep = (ports: KeepCouponsInStepPorts): Process<Work> => {
  const load = readAggregate(ports);
  const [tellOne, tellAll] = [tellCoupon(ports), tellCoupons(ports)];

  const onSaleEvent = async (event: SaleEvent, change: SaleChange, recorded: RecordedEvent): Promise<void> => {
    const { position, metadata } = recorded;
    const caughtUp = await awaitCheckpoint(ports)({ view: couponsView, position, waitMs: WAIT_MS })();
    if (!orThrow(caughtUp)) throw new Error('The view of coupons is behind');
    const { eventId } = event;
    const { correlationId } = metadata;
    orThrow(await tellAll({ eventId, change, correlationId })());
    if (event.type === 'EventCancelled') orThrow(await ports.callOffOrders({ eventId, position, correlationId })());
  };
  const eventOf = async (eventId: string, recorded: RecordedEvent): Promise<Sale> => {
    try {
      return orThrow(await load(saleAggregate, eventStream(eventId))()).state;
    } catch (error) {
      throw error instanceof UnreadableStream ? new CannotRead(recorded, error.message) : error;
    }
  };
  const onCreated = async (couponId: string, eventId: string, recorded: RecordedEvent): Promise<void> => {
    const change = changeFor(await eventOf(eventId, recorded));
    if (change === null) return;
    orThrow(await tellOne(couponId, { eventId, change, correlationId: recorded.metadata.correlationId })());
  };

  return {
    name: 'event-keeper',
    streamPrefixes: [EVENT_STREAMS, COUPON_STREAMS],
    checkpoint: couponsInStepCheckpoint,
    look,
    act: async (items) => {
      for (const { recorded, work } of items)
        await (work.to === 'all'
          ? onSaleEvent(work.event, work.change, recorded)
          : onCreated(work.couponId, work.eventId, recorded));
    },
  };
};
