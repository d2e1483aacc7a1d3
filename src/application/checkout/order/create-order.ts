import { either as E, type taskEither as TE } from 'fp-ts';
import { type PlainShipping } from '../../../domain/delivery/events.js';
import { MOST_MONEY } from '../../../domain/money.js';
import { isPlaced, type PlacedOrder, type RefusedOrder } from '../../../domain/order/order.js';
import { isSameOrder } from '../../../domain/order/same-order.js';
import { type StartPlacingRejection } from '../../../domain/order/start-placing.js';
import { type PersonalData } from '../../kernel/personal-data/personal-data.js';
import { type AwaitVisible } from '../../kernel/projection/await-visible.js';
import { presumedNew } from '../../kernel/writer/load-decide-append.js';
import { type Position } from '../../ports/event-store.js';
import { type StockGate, type StockLine } from '../../ports/stock-gate.js';
import { type Ports } from '../../ports/ports.js';
import { type RequireActiveError } from '../../waiting-room/require-active.js';
import { type LoadOrder } from '../aggregates/load-order.js';
import { type HandleStartPlacing, orderAggregate } from '../aggregates/order-aggregate.js';
import { type DriveOrder, orderAt } from '../drive/drive-order.js';
import { type OrderAt, termsOf } from '../drive/run.js';
import { type AdmitOrder } from './admit-order.js';
import { type CouponOf } from './coupon-use.js';
import { shippingOf } from './open-shipping.js';
import { type QuoteError, type QuoteOrder } from './quote-order.js';
import { type PlacingError, whyRefused } from './why-refused.js';

export interface OrderToCreate {
  /** The client's own, if it has one; the same order repeated with it is answered with the first one as it stands. */
  readonly orderId?: string;
  readonly userId: string;
  readonly lines: ReadonlyArray<StockLine>;
  readonly shipping: PlainShipping;
  readonly couponId: string | null;
  /** In the currency's smallest unit. */
  readonly usePoints: number;
  /** Of the waiting room, if the client sent one. */
  readonly pass?: string;
  readonly correlationId: string;
}

export interface CreatedOrder {
  readonly orderId: string;
  readonly status: PlacedOrder['status'];
  readonly total: number;
  readonly discount: number;
  readonly points: number;
  /** Epoch milliseconds. */
  readonly holdExpiresAt: number;
  /** Epoch milliseconds. */
  readonly placedAt: number;
  /** Absent only while nobody can sign one. */
  readonly receipt?: string;
}

export type CreateOrderError =
  | QuoteError
  | PlacingError
  | RequireActiveError
  /** ORDER_EXISTS: somebody else's. REQUEST_ID_REUSED: theirs, but another order. */
  | { readonly code: 'ORDER_EXISTS' | 'REQUEST_ID_REUSED' }
  /** It may stand: ask for `orderId`, or repeat with it. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly orderId: string };

export type CreateOrder = (order: OrderToCreate) => TE.TaskEither<CreateOrderError, CreatedOrder>;

export interface CreateOrderPorts extends Pick<Ports, 'clock' | 'ids'> {
  readonly loadOrder: LoadOrder;
  readonly personalData: PersonalData;
  readonly admit: AdmitOrder;
  readonly quote: QuoteOrder;
  readonly gate: StockGate;
  readonly startPlacing: HandleStartPlacing;
  readonly drive: DriveOrder;
  readonly couponOf: CouponOf;
  /** What queries show of the order, and of what it took. */
  readonly visible: Readonly<Record<'order' | 'goods' | 'points' | 'coupon', AwaitVisible>>;
  /** How long the goods wait for payment. Milliseconds. */
  readonly holdMs: number;
}

type Answer = E.Either<CreateOrderError, CreatedOrder>;

/** A place at the gate counts for this long while it is not decided. */
const UNDECIDED_MS = 30_000;

const refused = (rejection: StartPlacingRejection): CreateOrderError => {
  switch (rejection) {
    case 'ORDER_EXISTS':
    case 'REQUEST_ID_REUSED':
      return { code: rejection };
    case 'TOTAL_TOO_LARGE':
      return { code: rejection, most: MOST_MONEY };
    case 'DISCOUNTS_EXCEED_PRICE':
      return { code: 'POINTS_EXCEED_TOTAL' };
  }
};

/**
 * A user who is still waiting in a waiting room is refused, and an order that cannot get its goods leaves no trace. Then the order is
 * recorded and driven until it is placed or refused; if this call does not get that far, the order's deadline drives it there.
 */
export const createOrder = (ports: CreateOrderPorts): CreateOrder => {
  const { loadOrder, personalData, admit, quote, gate, startPlacing, drive, couponOf, visible, clock, ids, holdMs } =
    ports;

  const created = async (order: PlacedOrder, position: Position | null): Promise<Answer> => {
    const { orderId, userId, lines, total, discount, points, holdExpiresAt, couponId, at: placedAt } = order.placed;
    if (position !== null)
      await Promise.all([
        visible.order(position, orderId)(),
        ...lines.map(({ productId }) => visible.goods(position, productId)()),
        ...(points > 0 ? [visible.points(position, userId)()] : []),
        ...(couponId === null ? [] : [visible.coupon(position, couponId)()]),
      ]);
    return E.right({ orderId, status: order.status, total, discount, points, holdExpiresAt, placedAt });
  };

  const notPlaced = async ({ wanted, refusals }: RefusedOrder): Promise<Answer> => {
    const { orderId, userId, couponId } = wanted;
    const error = whyRefused(refusals, couponId);
    if (error.code !== 'COUPON_NOT_USABLE') return E.left(error);
    // By another order of theirs, at the same time.
    const now = await couponOf({ couponId: error.couponId, userId, orderId })();
    return E.left(E.isRight(now) && now.right.use === 'USED' ? { ...error, orderId: now.right.orderId } : error);
  };

  /** Until it is placed, or refused and given back. */
  const finish = async (orderId: string, correlationId: string, known: OrderAt): Promise<Answer> => {
    const outcomeUnknown = E.left({ code: 'OUTCOME_UNKNOWN', orderId } as const);
    const driven = await drive({ orderId, correlationId, upTo: 'NEXT_STATUS', known })();
    if (E.isLeft(driven)) return outcomeUnknown;
    const { order, revision, position } = driven.right;
    if (isPlaced(order)) return created(order, position);
    if (order.status !== 'NOT_PLACED') return outcomeUnknown;
    // What cannot be given back now is given back by the process that follows the events.
    await drive({ orderId, correlationId, upTo: 'END', known: { order, revision, position } })();
    await gate.release({ orderId, lines: order.wanted.lines })();
    return notPlaced(order);
  };

  const repeated = async (wish: OrderToCreate, known: OrderAt): Promise<Answer> => {
    const { userId, lines, couponId, usePoints: points } = wish;
    const terms = termsOf(known.order);
    if (terms === null || terms.userId !== userId) return E.left({ code: 'ORDER_EXISTS' });
    const shipping = await personalData.seal(shippingOf(userId, terms.orderId), wish.shipping)();
    if (E.isLeft(shipping)) return E.left({ code: 'UNAVAILABLE' });
    const content = { userId, lines, shipping: shipping.right, couponId, points };
    if (!isSameOrder(terms, content)) return E.left({ code: 'REQUEST_ID_REUSED' });
    return isPlaced(known.order) ? created(known.order, null) : finish(terms.orderId, wish.correlationId, known);
  };

  const place = async (orderId: string, wish: OrderToCreate, known: OrderAt): Promise<Answer> => {
    const { userId, couponId, usePoints: points, correlationId } = wish;
    const quoted = await quote({ orderId, userId, lines: wish.lines, couponId, points })();
    if (E.isLeft(quoted)) return quoted;
    const { lines } = quoted.right;
    const at = clock.now();
    const admitted = await gate.reserve({ orderId, lines, at, until: at + UNDECIDED_MS })();
    // The gate is away or behind: the product's writer decides alone.
    if (E.isRight(admitted) && admitted.right.answer === 'Insufficient')
      return E.left({ code: 'INSUFFICIENT_STOCK', lines: admitted.right.short });
    // A request that cannot win must not create a key for its user.
    const shipping = await personalData.seal(shippingOf(userId, orderId), wish.shipping)();
    if (E.isLeft(shipping)) {
      await gate.release({ orderId, lines })();
      return E.left({ code: 'UNAVAILABLE' });
    }
    const terms = { ...quoted.right, shipping: shipping.right, couponId, points, holdExpiresAt: at + holdMs };
    const start = { type: 'StartPlacing', orderId, userId, ...terms, at } as const;
    const started = await startPlacing(start, correlationId, { state: known.order, revision: known.revision })();
    if (E.isRight(started)) {
      const { state: order, revision, position } = started.right;
      return isPlaced(order) ? created(order, position) : finish(orderId, correlationId, { order, revision, position });
    }
    if (started.left.error === 'AppendOutcomeUnknown') return E.left({ code: 'OUTCOME_UNKNOWN', orderId });
    await gate.release({ orderId, lines })();
    return E.left(started.left.error === 'Rejected' ? refused(started.left.rejection) : { code: 'UNAVAILABLE' });
  };

  return (wish) => async () => {
    const orderId = wish.orderId ?? ids.next();
    const { correlationId } = wish;
    // Nobody can have used an id that was just made up.
    const found = wish.orderId === undefined ? E.right(presumedNew(orderAggregate)) : await loadOrder(orderId)();
    if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
    const known = orderAt(found.right);
    const { order } = known;
    if (isPlaced(order) || order.status === 'PLACING') return repeated(wish, known);
    // Checked after the order was looked for: a repeated call gets the first answer, even if its order has completed the visit.
    const allowed = await admit(wish)();
    if (E.isLeft(allowed)) return allowed;
    // What an earlier attempt took is given back first: this one may want something else, and then gives back nothing but that.
    const back = order.status === 'NOT_PLACED' ? await drive({ orderId, correlationId, upTo: 'END', known })() : null;
    if (back !== null && E.isLeft(back)) return E.left({ code: 'UNAVAILABLE' });
    return place(orderId, wish, known);
  };
};
