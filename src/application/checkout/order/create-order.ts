import { either as E, type taskEither as TE } from 'fp-ts';
import { type PlainShipping } from '../../../domain/delivery/events.js';
import { MOST_MONEY } from '../../../domain/money.js';
import { type CreateOrderRejection } from '../../../domain/order/create-order.js';
import { type PlacedOrder } from '../../../domain/order/order.js';
import { isSameOrder } from '../../../domain/order/same-order.js';
import { type Books } from '../payment/books.js';
import { type PersonalData } from '../../kernel/personal-data/personal-data.js';
import { type Ids } from '../../ports/ids.js';
import { type StockLine } from '../../ports/stock-gate.js';
import { allVisible, type AwaitVisible } from '../../kernel/projection/await-visible.js';
import { type RequireActiveError } from '../../waiting-room/require-active.js';
import { type AdmitOrder } from './admit-order.js';
import { oneAtATime } from './one-at-a-time.js';
import { shippingOf } from './open-shipping.js';
import { type HandleCreateOrder } from './order-aggregate.js';
import { type QuoteError, type QuoteOrder } from './quote-order.js';
import { giveBackTaken, takeOrder, type TakeOrderPorts } from './take-order.js';
import { type TakingError } from './taking.js';

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
}

export type CreateOrderError =
  | QuoteError
  | TakingError
  | RequireActiveError
  /** ORDER_EXISTS: somebody else's. REQUEST_ID_REUSED: theirs, but another order. */
  | { readonly code: 'ORDER_EXISTS' | 'REQUEST_ID_REUSED' }
  /** It may stand: ask for `orderId`, or repeat with it. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly orderId: string };

export type CreateOrder = (order: OrderToCreate) => TE.TaskEither<CreateOrderError, CreatedOrder>;

export interface CreateOrderPorts extends TakeOrderPorts {
  readonly books: Books;
  readonly personalData: PersonalData;
  readonly admit: AdmitOrder;
  readonly quote: QuoteOrder;
  readonly placeOrder: HandleCreateOrder;
  /** What queries show of the order, and of what it took. */
  readonly visible: Readonly<Record<'order' | 'goods' | 'points' | 'coupon', AwaitVisible>>;
  readonly ids: Ids;
  /** How long the goods wait for payment. Milliseconds. */
  readonly holdMs: number;
}

type Answer = E.Either<CreateOrderError, CreatedOrder>;

const created = (order: PlacedOrder): Answer => {
  const { orderId, total, discount, points, holdExpiresAt } = order.placed;
  return E.right({ orderId, status: order.status, total, discount, points, holdExpiresAt });
};

const refused = (rejection: CreateOrderRejection): CreateOrderError => {
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
 * A user who is still waiting in a waiting room is refused. Then: compute the price, reserve, record the order. If anything fails
 * after something was reserved, a bug included, it is released, but only if the order is known not to exist; after a crash the
 * deadline of each hold releases it.
 */
export const createOrder = (ports: CreateOrderPorts): CreateOrder => {
  const { books, personalData, admit, quote, placeOrder, visible, clock, ids, holdMs } = ports;
  const take = takeOrder(ports);
  const giveBack = giveBackTaken(ports);
  // Two calls with one order id at once: the second is answered as the first.
  const inTurn = oneAtATime<Answer>();

  const create = async (orderId: string, wish: OrderToCreate): Promise<Answer> => {
    const { userId, couponId, usePoints: points, correlationId } = wish;
    const sealShipping = personalData.seal(shippingOf(userId, orderId), wish.shipping);
    const existing = await books.order(orderId)();
    if (E.isLeft(existing)) return E.left({ code: 'UNAVAILABLE' });
    if (existing.right.status !== 'Unknown') {
      const { placed } = existing.right;
      if (placed.userId !== userId) return E.left({ code: 'ORDER_EXISTS' });
      const shipping = await sealShipping();
      if (E.isLeft(shipping)) return E.left({ code: 'UNAVAILABLE' });
      const wanted = { userId, lines: wish.lines, shipping: shipping.right, couponId, points };
      const isSame = isSameOrder(placed, wanted);
      return isSame ? created(existing.right) : E.left({ code: 'REQUEST_ID_REUSED' });
    }

    // After the look for the order: who repeats one that has completed their visit is answered as the first time.
    const allowed = await admit(wish)();
    if (E.isLeft(allowed)) return allowed;
    const quoted = await quote({ orderId, userId, lines: wish.lines, couponId, points })();
    if (E.isLeft(quoted)) return quoted;
    const { lines, discount, policy, eventIds } = quoted.right;
    const holdExpiresAt = clock.now() + holdMs;
    const taking = { orderId, userId, lines, couponId, points, holdExpiresAt, takenBy: ids.next(), correlationId };
    const record = async (): Promise<Answer> => {
      const shipping = await sealShipping();
      const at = clock.now();
      const terms = { lines, couponId, discount, points, holdExpiresAt, policy, eventIds };
      const order = { orderId, userId, ...terms, at };
      // It took so long that the hold is over: an order now would hold nothing.
      const placed =
        E.isLeft(shipping) || at >= holdExpiresAt
          ? null
          : await placeOrder({ type: 'CreateOrder', ...order, shipping: shipping.right }, correlationId)();
      if (placed !== null && E.isRight(placed) && placed.right.state.status !== 'Unknown') {
        const used = [...(points > 0 ? [visible.points] : []), ...(couponId === null ? [] : [visible.coupon])];
        await allVisible([visible.order, visible.goods, ...used])(placed.right.position)();
        return created(placed.right.state);
      }
      if (placed !== null && E.isLeft(placed) && placed.left.error === 'AppendOutcomeUnknown')
        return E.left({ code: 'OUTCOME_UNKNOWN', orderId });
      await giveBack(taking);
      const isRejected = placed !== null && E.isLeft(placed) && placed.left.error === 'Rejected';
      return isRejected ? E.left(refused(placed.left.rejection)) : E.left({ code: 'UNAVAILABLE' });
    };
    try {
      const taken = await take(taking)();
      return E.isLeft(taken) ? taken : await record();
    } catch (bug) {
      const stands = await books.order(orderId)();
      if (E.isRight(stands) && stands.right.status === 'Unknown') await giveBack(taking);
      throw bug;
    }
  };

  return (wish) => () => {
    const orderId = wish.orderId ?? ids.next();
    return inTurn(orderId, () => create(orderId, wish));
  };
};
