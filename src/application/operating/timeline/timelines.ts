import { isOfPlacing } from '../../../domain/order/events.js';
import { z } from 'zod';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS } from '../../coupon/coupon-streams.js';
import { DELIVERY_STREAMS } from '../../checkout/aggregates/delivery-aggregate.js';
import { EVENT_STREAMS } from '../../shop-event/event-streams.js';
import { ISSUED_COUPON_STREAMS } from '../../coupon/issued-coupon-aggregate.js';
import { toNotice } from '../../notices/to-notice.js';
import { isOrderEvent, ORDER_STREAMS } from '../../checkout/aggregates/order-aggregate.js';
import { PAYMENT_STREAMS } from '../../checkout/aggregates/payment-aggregate.js';
import { POINTS_STREAMS } from '../../checkout/aggregates/points-aggregate.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { PERSONAL_DATA_STREAMS } from '../../kernel/personal-data/personal-data-events.js';
import { type View } from '../../kernel/projection/view.js';
import { SAGA_STREAMS } from '../../checkout/aggregates/order-parking.js';
import { STOCK_STREAMS } from '../../checkout/aggregates/stock-aggregate.js';
import { WAITING_ROOM_STREAMS } from '../../waiting-room/waiting-streams.js';
import { textOf } from './facts-of.js';
import { happening, toHappening } from './happening.js';
import { type Projection, projectionOf } from '../../kernel/projection/projection.js';

const piece = z.object({
  /** Null until an order says whose it is. */
  userId: z.string().nullable(),
  /** In order of position. */
  happenings: z.array(happening),
});

/** Some of what happened to a user: one event that names them, or all that happened to the goods, or around the delivery, of their order. */
export type TimelinePiece = z.infer<typeof piece>;

const NOBODYS: TimelinePiece = { userId: null, happenings: [] };

/** Who is named, or, where nobody is, who is told: everyone. */
const userOf = (recorded: RecordedEvent): string | null =>
  textOf(recorded.event, 'userId') ?? toNotice(recorded)?.to ?? null;

const orderPiece = (orderId: string): string => `order/${orderId}`;
const goodsPiece = (orderId: string, productId: string): string => `goods/${orderId}/${productId}`;

/** Events that name no user are gathered by order, and by product of it, until the order says whose they are: each piece stays small. */
const documentIds = (recorded: RecordedEvent): ReadonlyArray<string> => {
  const { event, position } = recorded;
  if (isOrderEvent(event) && isOfPlacing(event)) return [];
  if (userOf(recorded) !== null) {
    const own = `event/${position}`;
    if (!isOrderEvent(event) || event.type !== 'OrderCreated') return [own];
    const { orderId, lines } = event;
    const goods = new Set(lines.map(({ productId }) => goodsPiece(orderId, productId)));
    return [own, orderPiece(orderId), ...goods];
  }
  const [orderId, productId] = [textOf(event, 'orderId'), textOf(event, 'productId')];
  if (orderId === null) return [];
  return [productId === null ? orderPiece(orderId) : goodsPiece(orderId, productId)];
};

const isOwn = (id: string): boolean => id.startsWith('event/');

/** By event, or by order; index `by-user`, also under EVERYONE, an entry for each event, sorted by position. */
export const timelinesView: View<TimelinePiece> = {
  name: 'timelines',
  version: 3,
  schema: piece,
  streamPrefixes: [
    WAITING_ROOM_STREAMS,
    COUPON_STREAMS,
    COUPON_REJECTION_STREAMS,
    ISSUED_COUPON_STREAMS,
    EVENT_STREAMS,
    ORDER_STREAMS,
    STOCK_STREAMS,
    PAYMENT_STREAMS,
    POINTS_STREAMS,
    DELIVERY_STREAMS,
    SAGA_STREAMS,
    PERSONAL_DATA_STREAMS,
  ],
  documentIds,
  creates: ({ event }, id) => isOwn(id) || (event.type === 'OrderCreated' && id.startsWith('order/')),
  fold: (before, recorded, id) => {
    const userId = userOf(recorded);
    if (isOwn(id)) return { userId, happenings: [toHappening(recorded)] };
    const known = before ?? NOBODYS;
    if (userId !== null) return { ...known, userId };
    // The order never came to stand: nobody will ever be told of these goods.
    if (known.userId === null && textOf(recorded.event, 'reason') === 'ROLLED_BACK') return null;
    return { ...known, happenings: [...known.happenings, toHappening(recorded)] };
  },
  entries: ({ userId, happenings }) =>
    userId === null ? [] : happenings.map(({ position }) => ({ index: 'by-user', key: userId, sort: position })),
};

/** Every view of this context. */
export const timelineProjections: ReadonlyArray<Projection> = [projectionOf(timelinesView)];
