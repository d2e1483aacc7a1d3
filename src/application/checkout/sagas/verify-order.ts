import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type PlacedOrder } from '../../../domain/order/order.js';
import { type Check } from '../../kernel/audit/check.js';
import { deliveryAggregate, deliveryStream } from '../delivery/delivery-aggregate.js';
import { type LoadAggregatePorts, readAggregate } from '../../kernel/writer/load-aggregate.js';
import { issuedCouponAggregate, issuedCouponStream } from '../issued-coupon/issued-coupon-aggregate.js';
import { orderAggregate, orderStream } from '../order/order-aggregate.js';
import { paymentAggregate, paymentStream } from '../payment/payment-aggregate.js';
import { gatewayPaymentsView } from '../payment/views/gateway-payments.js';
import { pointsAggregate, pointsStream } from '../points/points-aggregate.js';
import { type ReadModels } from '../../ports/read-models.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { stockAggregate, stockStream } from '../stock/stock-aggregate.js';

export interface OrderVerified {
  readonly verdict: 'PASS' | 'FAIL';
  readonly orderId: string;
  readonly status: PlacedOrder['status'];
  readonly checks: ReadonlyArray<Check>;
}

export type VerifyOrder = (
  orderId: string,
) => TE.TaskEither<{ readonly code: 'ORDER_NOT_FOUND' | 'UNAVAILABLE' }, OrderVerified>;

/** How far an order is: what must be true of everything it entails. PAID is on the way from the one to the other. */
const stageOf = {
  CREATED: 'waiting',
  PENDING_PAYMENT: 'waiting',
  PAID: 'on its way',
  CONFIRMED: 'fulfilled',
  SHIPPED: 'fulfilled',
  DELIVERED: 'fulfilled',
  CANCELLED: 'over',
  FAILED: 'over',
  EXPIRED: 'over',
} as const satisfies Record<PlacedOrder['status'], string>;
type Stage = (typeof stageOf)[PlacedOrder['status']];

const goods: Record<Stage, ReadonlyArray<string>> = {
  waiting: ['Held'],
  'on its way': ['Held', 'Deducted'],
  fulfilled: ['Deducted'],
  over: ['none', 'Released', 'Restored'],
};
const points: Record<Stage, ReadonlyArray<string>> = {
  waiting: ['Reserved'],
  'on its way': ['Reserved', 'Deducted'],
  fulfilled: ['Deducted'],
  over: ['none', 'Released', 'Refunded'],
};

/** Empty: it may be either way. */
const deliveries: Record<Stage, ReadonlyArray<string>> = {
  waiting: [],
  'on its way': [],
  fulfilled: ['Preparing', 'Shipped', 'Delivered'],
  over: ['None', 'Cancelled'],
};

const check = (name: string, found: ReadonlyArray<string>, allowed: ReadonlyArray<string>): Check => ({
  name,
  ok: found.every((each) => allowed.includes(each)),
  detail: found.length === 0 ? 'nothing to look at' : found.join(', '),
});

/** Payments that were started with a number of the gateway's. */
export type PaymentsWithNumber = (
  gatewayPaymentId: string,
) => TE.TaskEither<unknown, ReadonlyArray<{ readonly paymentId: string; readonly orderId: string }>>;

export const paymentsWithNumber = ({ readModels }: { readonly readModels: ReadModels }): PaymentsWithNumber => {
  const reader = liveReader(readModels);
  return (gatewayPaymentId) => async () => {
    const found = await reader.get(gatewayPaymentsView, gatewayPaymentId)();
    return E.isLeft(found) ? found : E.right(O.isSome(found.right) ? found.right.value.payments : []);
  };
};

export interface VerifyOrderPorts extends LoadAggregatePorts {
  readonly paymentsWithNumber: PaymentsWithNumber;
}

/**
 * From the events of the order and of everything it entails: nothing half done, no money without goods, no money for two
 * orders.
 */
export const verifyOrder = (ports: VerifyOrderPorts): VerifyOrder => {
  const load = readAggregate(ports);
  const orThrow = async <A>(task: TE.TaskEither<'EventStoreUnavailable', { readonly state: A }>): Promise<A> => {
    const loaded = await task();
    if (E.isLeft(loaded)) throw new Away();
    return loaded.right.state;
  };

  const sharedNumbers = async (numbers: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
    const shared: string[] = [];
    for (const number of numbers) {
      const payments = await ports.paymentsWithNumber(number)();
      if (E.isLeft(payments)) throw new Away();
      if (payments.right.length < 2) continue;
      const of = payments.right.map(({ paymentId, orderId }) => `${paymentId} of order ${orderId}`);
      shared.push(`${number} was to pay ${of.join(' and ')}`);
    }
    return shared;
  };

  const checksOf = async (order: PlacedOrder): Promise<ReadonlyArray<Check>> => {
    const { orderId, userId, lines, couponId } = order.placed;
    const stage = stageOf[order.status];
    const claims = await Promise.all(
      lines.map(async ({ productId }) => {
        const stock = await orThrow(load(stockAggregate, stockStream(productId)));
        return stock.status === 'Unknown' ? 'none' : (stock.claims.get(orderId)?.status ?? 'none');
      }),
    );
    const payments = await Promise.all(
      order.payments.toArray().map(async (paymentId) => {
        const payment = await orThrow(load(paymentAggregate, paymentStream(paymentId)));
        const isPaying = (stage === 'fulfilled' || stage === 'on its way') && order.paymentId === paymentId;
        return {
          isPaying,
          status: payment.status,
          number: payment.status === 'Unknown' ? null : payment.gatewayPaymentId,
        };
      }),
    );
    const shared = await sharedNumbers(payments.flatMap(({ number }) => (number === null ? [] : [number])));
    const use = (await orThrow(load(pointsAggregate, pointsStream(userId)))).uses.get(orderId)?.status ?? 'none';
    const delivery = await orThrow(load(deliveryAggregate, deliveryStream(orderId)));
    const used =
      couponId === null
        ? null
        : (await orThrow(load(issuedCouponAggregate, issuedCouponStream(couponId, userId)))).usedBy === orderId;
    return [
      check('goods', claims, goods[stage]),
      check(
        'the payment that pays it',
        payments.filter(({ isPaying }) => isPaying).map(({ status }) => status),
        ['PAID'],
      ),
      check(
        'every other payment',
        payments.filter(({ isPaying }) => !isPaying).map(({ status }) => status),
        ['PENDING', 'APPROVING', 'DECLINED', 'REFUNDING', 'REFUNDED'],
      ),
      {
        name: "the gateway's payments, each for one payment",
        ok: shared.length === 0,
        detail: shared.length === 0 ? 'none is shared' : shared.join(', '),
      },
      check('points', order.placed.points === 0 ? [] : [use], points[stage]),
      check('coupon', used === null ? [] : [used ? 'used' : 'not used'], [stage === 'over' ? 'not used' : 'used']),
      check('delivery', deliveries[stage].length === 0 ? [] : [delivery.status], deliveries[stage]),
    ];
  };

  return (orderId) => async () => {
    try {
      const order = await orThrow(load(orderAggregate, orderStream(orderId)));
      if (order.status === 'Unknown') return E.left({ code: 'ORDER_NOT_FOUND' });
      const checks = await checksOf(order);
      const verdict = checks.every(({ ok }) => ok) ? 'PASS' : 'FAIL';
      return E.right({ verdict, orderId, status: order.status, checks });
    } catch (error) {
      if (error instanceof Away) return E.left({ code: 'UNAVAILABLE' });
      throw error;
    }
  };
};

/** An engine does not answer. */
class Away extends Error {}
