import { either as E, type task as T, type taskEither as TE } from 'fp-ts';
import {
  type CarriedOut,
  type DeadlineHandlers,
  type InSlices,
  type OneByOne,
} from '../../kernel/process/deadlines/handler.js';
import { type PlacedOrder, type Order } from '../../../domain/order/order.js';
import { type Deadline } from '../../kernel/process/deadlines/deadline.js';
import { type HandleIssuedCoupon } from '../issued-coupon/issued-coupon-aggregate.js';
import { type ExpireOrder } from '../order/expire-order.js';
import { type Books } from '../payment/books.js';
import { type RefundPayment } from '../payment/refund-payment.js';
import { type ResolvePayment } from '../payment/resolve-payment.js';
import { type HandlePoints } from '../points/points-aggregate.js';
import { type AskStock } from '../stock/ask-stock.js';

export interface OrderDeadlinePorts {
  readonly books: Books;
  readonly expire: ExpireOrder;
  readonly stock: AskStock;
  readonly resolve: ResolvePayment;
  readonly refund: RefundPayment;
  readonly handlePoints: HandlePoints;
  readonly handleIssuedCoupon: HandleIssuedCoupon;
}

/** An order that has ended gives back by itself; what it has not by then is seen to here. */
const GIVES_BACK_WITHIN_MS = 30_000;
/** As long as the breaker of the gateway stays open. */
const GATEWAY_AGAIN_MS = 5_000;

const done: CarriedOut = E.right(undefined);
const notYet = (reason: string): CarriedOut => E.left({ reason });
const of = <A>(answer: E.Either<string, A>): CarriedOut => (E.isLeft(answer) ? notYet(answer.left) : done);

/** Of one slice: what many orders cost together. Small enough that nobody else waits for all of it. */
const SLICE = 100;

/** The order of a deadline, expired where its time is over; null while that cannot be told. */
const expireAll =
  ({ expire }: OrderDeadlinePorts) =>
  (due: ReadonlyArray<Deadline>): Promise<ReadonlyArray<Order | null>> =>
    Promise.all(
      due.map(async ({ ref: { orderId = '' }, id, correlationId = id }) => {
        const found = await expire(orderId, correlationId)();
        return E.isLeft(found) ? null : found.right;
      }),
    );

/** Gives back the goods of orders that have expired: one request a product, whatever the number of orders. */
const restoreGoods =
  ({ stock }: OrderDeadlinePorts) =>
  async (orders: ReadonlyArray<PlacedOrder>, correlationId: string): Promise<CarriedOut> => {
    const byProduct = new Map<string, string[]>();
    for (const { placed } of orders) {
      for (const { productId } of placed.lines) {
        const known = byProduct.get(productId);
        if (known === undefined) byProduct.set(productId, [placed.orderId]);
        else known.push(placed.orderId);
      }
    }
    const told = await Promise.all(
      [...byProduct].map(([productId, orderIds]) =>
        stock.tell({ eventType: 'STOCK_RESTORE_HOLDS', productId, orderIds }, correlationId)(),
      ),
    );
    return of(told.find(E.isLeft) ?? E.right(undefined));
  };

const isExpired = (order: Order | null): order is PlacedOrder => order?.status === 'EXPIRED';
const tracedBy = ([first]: ReadonlyArray<Deadline>): string => first?.correlationId ?? first?.id ?? '';

/**
 * Goods are freed only for an order that does not stand: one that is paid has theirs deducted by the saga, one that is not
 * expires first. So a hold's end and a payment can only meet in the order's stream, where one of them wins.
 */
const endHold =
  ({ stock }: OrderDeadlinePorts) =>
  (
    { ref: { orderId = '', productId = '' }, dueAt, id, correlationId = id }: Deadline,
    order: Order | null,
    now: number,
  ): T.Task<CarriedOut> =>
  async () => {
    if (order === null) return notYet('the order cannot be read');
    // Of an order begun before with the same id and broken off, which wanted something else.
    const isTheirs = order.status !== 'Unknown' && order.placed.lines.some((line) => line.productId === productId);
    const status = isTheirs ? order.status : 'Unknown';
    switch (status) {
      case 'Unknown':
      case 'EXPIRED':
      case 'CANCELLED':
      case 'FAILED': {
        const notBefore = dueAt + GIVES_BACK_WITHIN_MS;
        if (status !== 'Unknown' && now < notBefore) return E.left({ reason: 'the order gives it back', notBefore });
        const release = { eventType: 'STOCK_RELEASE', productId, orderId, reason: 'EXPIRED' } as const;
        return of(await stock.tell(release, correlationId)());
      }
      default:
        return notYet(`order ${orderId} is ${status}`);
    }
  };

const endHolds = (ports: OrderDeadlinePorts): InSlices => {
  const [expire, restore, end] = [expireAll(ports), restoreGoods(ports), endHold(ports)];
  return {
    most: SLICE,
    carryOutAll: (due, now) => async () => {
      const orders = await expire(due);
      const restored = await restore(orders.filter(isExpired), tracedBy(due));
      return Promise.all(
        due.map((deadline, n) => {
          const order = orders[n] ?? null;
          const isRestored =
            isExpired(order) && order.placed.lines.some(({ productId }) => productId === deadline.ref['productId']);
          return isRestored ? restored : end(deadline, order, now)();
        }),
      );
    },
  };
};

/** Should giving back the goods fail, the deadlines of their holds follow. */
const expireUnpaid = (ports: OrderDeadlinePorts): InSlices => {
  const [expire, restore] = [expireAll(ports), restoreGoods(ports)];
  return {
    most: SLICE,
    carryOutAll: (due) => async () => {
      const orders = await expire(due);
      await restore(orders.filter(isExpired), tracedBy(due));
      return orders.map((order) => {
        if (order === null) return notYet('the order cannot be read');
        const isPending = order.status === 'CREATED' || order.status === 'PENDING_PAYMENT';
        return isPending ? notYet('a payment is under way') : done;
      });
    },
  };
};

const giveBackAbandoned =
  ({ books, handlePoints, handleIssuedCoupon }: OrderDeadlinePorts): OneByOne =>
  ({ ref, id, correlationId = id }: Deadline, at) =>
  async () => {
    const { orderId = '', userId = '', couponId, points } = ref;
    const order = await books.order(orderId)();
    if (E.isLeft(order)) return notYet(order.left);
    const placed = order.right.status === 'Unknown' ? null : order.right.placed;
    const back = { userId, orderId, at };
    const given: Array<E.Either<unknown, unknown>> = [];
    if (couponId !== undefined && couponId !== placed?.couponId)
      given.push(await handleIssuedCoupon({ type: 'RestoreCoupon', couponId, ...back }, correlationId)());
    if (points !== undefined && (placed?.points ?? 0) === 0)
      given.push(await handlePoints({ type: 'ReturnPoints', ...back }, correlationId)());
    return given.some(E.isLeft) ? notYet('what was taken cannot be given back yet') : done;
  };

const byPayment =
  (work: (paymentId: string, correlationId: string) => TE.TaskEither<string, unknown>): OneByOne =>
  ({ ref: { paymentId = '' }, id, correlationId = id }, now) =>
  async () => {
    const answer = await work(paymentId, correlationId)();
    // Nothing was sent: not a failure that should make the next try wait longer and longer.
    if (E.isLeft(answer) && answer.left === 'GatewayUnavailable')
      return E.left({ reason: answer.left, notBefore: now + GATEWAY_AGAIN_MS });
    return of(answer);
  };

/** The kinds of `orderDeadlines`, each idempotent. */
export const orderDeadlineHandlers = (ports: OrderDeadlinePorts): DeadlineHandlers => ({
  'stock-hold': endHolds(ports),
  'order-expiry': expireUnpaid(ports),
  'order-abandoned': giveBackAbandoned(ports),
  'payment-resolve': byPayment(ports.resolve),
  'payment-refund': byPayment(ports.refund),
});
