import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { isCouponEvent } from '../../application/coupon/coupon-aggregate.js';
import { couponStream } from '../../application/coupon/coupon-streams.js';
import { type EventOfCoupon } from '../../application/coupon/request-gated-coupon.js';
import { eventStream } from '../../application/shop-event/event-streams.js';
import { isSaleEvent } from '../../application/shop-event/sale-aggregate.js';
import { type EventOfProduct } from '../../application/checkout/stock/events-of-lines.js';
import { type EventBody, type EventStore } from '../../application/ports/event-store.js';
import { isStockEvent, stockStream } from '../../application/checkout/aggregates/stock-aggregate.js';
import { type ScheduleOfEvent } from '../../application/waiting-room/require-active.js';
import { recentlyUsed } from '../../application/kernel/recently-used.js';

const MOST = 10_000;

/** A look-up whose answer, once there is one, never changes: then it is not asked for again. None is asked for every time. */
const remembered = <Left, A extends NonNullable<unknown>>(
  lookUp: (id: string) => TE.TaskEither<Left, O.Option<A>>,
): ((id: string) => TE.TaskEither<Left, O.Option<A>>) => {
  // Counted rather than set aside: most of them stay nearly empty.
  const known = recentlyUsed<string, O.Some<A>>(MOST);
  return (id) => async () => {
    const before = known.get(id);
    if (before !== undefined) return E.right(before);
    const found = await lookUp(id)();
    if (E.isRight(found) && O.isSome(found.right)) known.set(id, found.right);
    return found;
  };
};

type FirstEvents = Pick<EventStore, 'readStream'>;

/** What the first event of a stream says, which it says for ever; null while there is no such stream. */
const said = (
  eventStore: FirstEvents,
  streamOf: (id: string) => string,
  read: (event: EventBody) => string | null,
): ((id: string) => TE.TaskEither<'Unavailable', string | null>) => {
  const found = remembered((id) => async () => {
    const first = await eventStore.readStream(streamOf(id), 0, 1)();
    if (E.isLeft(first)) return first;
    const [created] = first.right;
    return E.right(created === undefined ? O.none : O.some({ tiedTo: read(created.event) }));
  });
  return (id) => async () => {
    const answer = await found(id)();
    return E.isLeft(answer) ? E.left('Unavailable') : E.right(O.toNullable(answer.right)?.tiedTo ?? null);
  };
};

/** The waiting room of an event: it is scheduled with one or without, for ever. */
export const scheduleOfEvent = (eventStore: FirstEvents): ScheduleOfEvent =>
  said(eventStore, eventStream, (event) =>
    isSaleEvent(event) && event.type === 'EventScheduled' ? event.scheduleId : null,
  );

/** The event of a coupon: it is created with one or without, for ever. */
export const eventOfCoupon = (eventStore: FirstEvents): EventOfCoupon =>
  said(eventStore, couponStream, (event) =>
    isCouponEvent(event) && event.type === 'CouponCreated' ? event.eventId : null,
  );

/** The event of a product: it is created with one or without, for ever. */
export const eventOfProduct = (eventStore: FirstEvents): EventOfProduct =>
  said(eventStore, stockStream, (event) =>
    isStockEvent(event) && event.type === 'ProductCreated' ? event.eventId : null,
  );
