import { z } from 'zod';
import { isOfPlacing } from '../../../domain/order/events.js';
import { DELIVERY_STREAMS } from '../../checkout/aggregates/delivery-aggregate.js';
import { isOrderEvent, ORDER_STREAMS } from '../../checkout/aggregates/order-aggregate.js';
import { SAGA_STREAMS } from '../../checkout/aggregates/order-parking.js';
import { PAYMENT_STREAMS } from '../../checkout/aggregates/payment-aggregate.js';
import { POINTS_STREAMS } from '../../checkout/aggregates/points-aggregate.js';
import { STOCK_STREAMS } from '../../checkout/aggregates/stock-aggregate.js';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS } from '../../coupon/coupon-aggregate.js';
import { ISSUED_COUPON_STREAMS } from '../../coupon/issued-coupon-aggregate.js';
import { PERSONAL_DATA_STREAMS } from '../../kernel/personal-data/personal-data-events.js';
import { type Projection, projectionOf } from '../../kernel/projection/projection.js';
import { type View } from '../../kernel/projection/view.js';
import { toNotice } from '../../notices/to-notice.js';
import { type Position, type RecordedEvent } from '../../ports/event-store.js';
import { EVENT_STREAMS } from '../../shop-event/sale-aggregate.js';
import { WAITING_ROOM_STREAMS } from '../../waiting-room/waiting-room-aggregate.js';
import { happening, textOf, toHappening } from './timeline-entry.js';

/** The position of an event, which is read from the event store when somebody asks; or all of it, where the store drops it after a while. */
const mark = z.union([z.number(), happening]);
export type Mark = z.infer<typeof mark>;

/** Some of what happened to a user: one event that names them, or all that happened to the goods, or around the delivery, of their order. */
export interface TimelinePiece {
  /** Of what is gathered: whose it is; null until an order says so. */
  readonly userId?: string | null;
  /** In order of position. */
  readonly marks: ReadonlyArray<Mark>;
}

const marks = z.array(mark);
/** Nearly all are of one event, for ever: these are stored as their marks alone. */
const piece = z.union([
  marks.transform((own): TimelinePiece => ({ marks: own })),
  z.object({ userId: z.string().nullable(), marks }),
]);

const NOBODYS: TimelinePiece = { userId: null, marks: [] };

export const positionOf = (one: Mark): Position => (typeof one === 'number' ? one : one.position);

/** Rejections are kept for a week only; what a user was told is shown for ever. */
const toMark = (recorded: RecordedEvent): Mark =>
  recorded.streamId.startsWith(COUPON_REJECTION_STREAMS) ? toHappening(recorded) : recorded.position;

/** The user that the event names; if it names none, the one who gets a notice of it, which is EVERYONE. */
const userOf = (recorded: RecordedEvent): string | null =>
  textOf(recorded.event, 'userId') ?? toNotice(recorded)?.to ?? null;

const OWN = 'user/';
/** What the ids of all events that name this user begin with: they lie side by side, in order, and need no index. */
export const ownOf = (userId: string): string => `${OWN}${userId}/`;
/** How such an id goes on for the event at a position: 16 digits are enough for every one, and in order as text. */
export const ownPlace = (position: Position): string => String(position).padStart(16, '0');

const orderPiece = (orderId: string): string => `order/${orderId}`;
const goodsPiece = (orderId: string, productId: string): string => `goods/${orderId}/${productId}`;

/** Events that name no user are gathered by order, and by product of it, until the order says whose they are: each piece stays small. */
const documentIds = (recorded: RecordedEvent): ReadonlyArray<string> => {
  const { event, position } = recorded;
  if (isOrderEvent(event) && isOfPlacing(event)) return [];
  const userId = userOf(recorded);
  if (userId !== null) {
    const own = ownOf(userId) + ownPlace(position);
    if (!isOrderEvent(event) || event.type !== 'OrderCreated') return [own];
    const { orderId, lines } = event;
    const goods = new Set(lines.map(({ productId }) => goodsPiece(orderId, productId)));
    return [own, orderPiece(orderId), ...goods];
  }
  const [orderId, productId] = [textOf(event, 'orderId'), textOf(event, 'productId')];
  if (orderId === null) return [];
  return [productId === null ? orderPiece(orderId) : goodsPiece(orderId, productId)];
};

const isOwn = (id: string): boolean => id.startsWith(OWN);

/** By user and event, also under EVERYONE; or by order: of these an index `by-user`, an entry for each event, sorted by position. */
export const timelinesView: View<TimelinePiece> = {
  name: 'timelines',
  version: 4,
  schema: piece,
  stored: (one) => (one.userId === undefined ? one.marks : one),
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
    if (isOwn(id)) return { marks: [toMark(recorded)] };
    const userId = userOf(recorded);
    const known = before ?? NOBODYS;
    if (userId !== null) return { ...known, userId };
    // The order never came to stand: nobody will ever be told of these goods.
    if (known.userId === null && textOf(recorded.event, 'reason') === 'ROLLED_BACK') return null;
    return { ...known, marks: [...known.marks, toMark(recorded)] };
  },
  entries: ({ userId, marks }) =>
    typeof userId === 'string' ? marks.map((one) => ({ index: 'by-user', key: userId, sort: positionOf(one) })) : [],
};

/** Every view of this context. */
export const timelineProjections: ReadonlyArray<Projection> = [projectionOf(timelinesView)];
