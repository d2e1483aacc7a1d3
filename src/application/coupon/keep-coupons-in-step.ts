import { either as E, type taskEither as TE } from 'fp-ts';
import { type CouponCreated } from '../../domain/coupon/events.js';
import { type Sale } from '../../domain/shop-event/event.js';
import { type SaleEvent } from '../../domain/shop-event/events.js';
import { COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { orThrow } from '../kernel/or-throw.js';
import { type Driving, type Item, type Process } from '../kernel/process/process.js';
import { type Acted, putOff } from '../kernel/process/put-off.js';
import { awaitCheckpoint } from '../kernel/projection/await-checkpoint.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { derivedId } from '../kernel/writer/event-ids.js';
import { eventsOf } from '../kernel/events/event-schemas.js';
import { type LoadAggregatePorts, readAggregate, UnreadableStream } from '../kernel/writer/load-aggregate.js';
import { type RecordedEvent } from '../ports/event-store.js';
import { type MessageLog, type PublishError } from '../ports/message-log.js';
import { type Ports } from '../ports/ports.js';
import { type Build, type ReadModelsError } from '../ports/read-models.js';
import { EVENT_STREAMS, eventStream, isSaleEvent, saleAggregate } from '../shop-event/sale-aggregate.js';
import { type CouponMessage } from './coupon-messages.js';
import { toMessage } from './coupon-request-message.js';
import { COUPON_STREAMS, couponStream } from './coupon-aggregate.js';
import { couponsView } from './coupons.js';

/** What a coupon is told of the event it is tied to. */
type SaleChange = 'COUPON_SALE_OPENED' | 'COUPON_SALE_CLOSED';

interface TellCouponsPorts extends Pick<Ports, 'readModels' | 'clock'> {
  readonly log: Pick<MessageLog, 'publish'>;
}

interface Telling {
  readonly eventId: string;
  readonly change: SaleChange;
  readonly correlationId: string;
}

const PAGE = 500;

const message = (
  couponId: string,
  { eventId: tiedTo, change: eventType }: Telling,
  timestamp: number,
): CouponMessage => {
  // Told again it is the same request: the writer carries it out once.
  const requestId = derivedId(`${eventType}/${couponId}/${tiedTo}`);
  const occurredAt = new Date(timestamp).toISOString();
  return { eventId: requestId, eventType, occurredAt, couponId, requestId, timestamp, tiedTo };
};

/** Tells one coupon, through its own log: so it takes its turn among the requests, and there is one writer. */
const tellCoupon =
  ({ log, clock }: Pick<TellCouponsPorts, 'log' | 'clock'>) =>
  (couponId: string, telling: Telling): TE.TaskEither<PublishError, unknown> =>
    log.publish(
      COUPON_ISSUE_REQUESTS,
      toMessage(message(couponId, telling, clock.now()), { correlationId: telling.correlationId }),
    );

/** Tells every coupon that is tied to an event, as far as queries see them; also where one of them cannot be told. */
const tellCoupons = (ports: TellCouponsPorts) => {
  const reader = liveReader(ports.readModels);
  const tell = tellCoupon(ports);
  return (telling: Telling): TE.TaskEither<PublishError | ReadModelsError, void> =>
    async () => {
      let untold: E.Left<PublishError> | undefined;
      for await (const page of reader.pages(couponsView, { index: 'by-event', key: telling.eventId, limit: PAGE })) {
        if (E.isLeft(page)) return page;
        const told = await Promise.all(page.right.map(({ couponId }) => tell(couponId, telling)()));
        untold ??= told.find(E.isLeft);
      }
      return untold ?? E.right(undefined);
    };
};

export const couponsInStepCheckpoint: Build = { view: 'coupons-in-step', version: 1, build: 1 };

export interface KeepCouponsInStepPorts extends TellCouponsPorts, LoadAggregatePorts {
  /** What a cancelled event means for the orders placed for it. */
  readonly callOffOrders: (cancelled: {
    readonly eventId: string;
    readonly position: number;
    readonly correlationId: string;
  }) => TE.TaskEither<string, void>;
  /** Before the second try; grows from there. Milliseconds. Default 500. */
  readonly backOffMs?: number;
}

/** A view follows within milliseconds; when it does not, it is tried again. */
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
 * Tells coupons the state of their event: every coupon tied to it when the event opens or ends, and a new coupon when it is created.
 * Also cancels the unpaid orders of a cancelled event. Telling twice changes nothing. No coupon is missed in between: a coupon
 * created before the opening is found in the view, which is waited for, and a coupon created after it finds the event open.
 *
 * A coupon that cannot be told holds up neither other events nor the orders of its own. Of what happens to one event the
 * newest is enough, for what is over need not be opened first. A coupon that is created needs no turn of its event's: where
 * it is told late that the sale has opened, it stays closed.
 */
export const keepCouponsInStep = ({ backOffMs = 500, ...ports }: KeepCouponsInStepPorts): Process<Work> => {
  const { clock, logger } = ports;
  const load = readAggregate(ports);
  const [tellOne, tellAll] = [tellCoupon(ports), tellCoupons(ports)];

  const onSaleEvent = async (event: SaleEvent, change: SaleChange, recorded: RecordedEvent): Promise<void> => {
    const { position, metadata } = recorded;
    const caughtUp = await awaitCheckpoint(ports)({ view: couponsView, position, waitMs: WAIT_MS })();
    if (!orThrow(caughtUp)) throw new Error('The view of coupons is behind');
    const { eventId } = event;
    const { correlationId } = metadata;
    const told = await tellAll({ eventId, change, correlationId })();
    if (event.type === 'EventCancelled') orThrow(await ports.callOffOrders({ eventId, position, correlationId })());
    orThrow(told);
  };
  const onCreated = async (couponId: string, eventId: string, { metadata }: RecordedEvent): Promise<void> => {
    const change = changeFor(orThrow(await load(saleAggregate, eventStream(eventId))()).state);
    if (change === null) return;
    orThrow(await tellOne(couponId, { eventId, change, correlationId: metadata.correlationId })());
  };
  const act = async ({ work, recorded }: Item<Work>, park: Driving['park']): Promise<void> => {
    try {
      await (work.to === 'all'
        ? onSaleEvent(work.event, work.change, recorded)
        : onCreated(work.couponId, work.eventId, recorded));
    } catch (error) {
      if (!(error instanceof UnreadableStream)) throw error;
      await park(error.message);
    }
  };
  const attempt = async (item: Item<Work>, driving: Driving, backOff: number): Promise<Acted> => {
    if (driving.signal.aborted) return false;
    try {
      await act(item, driving.park);
      return true;
    } catch (error) {
      const { streamId, event } = item.recorded;
      const fields = { streamId, type: event.type, err: error };
      if (backOff === backOffMs) logger.warn(fields, 'Coupons cannot be told of their event now; it is tried again');
      return putOff(clock, driving.signal, backOff, (next) => attempt(item, driving, next));
    }
  };

  return {
    name: 'event-keeper',
    streamPrefixes: [EVENT_STREAMS, COUPON_STREAMS],
    checkpoint: couponsInStepCheckpoint,
    sideBySide: 16,
    mostWaiting: 2_000,
    look,
    keyOf: (work) => (work.to === 'all' ? eventStream(work.event.eventId) : couponStream(work.couponId)),
    drive: (item, driving) => attempt(item, driving, backOffMs),
  };
};
