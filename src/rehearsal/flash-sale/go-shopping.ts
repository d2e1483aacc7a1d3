import { setTimeout as sleep } from 'node:timers/promises';
import { answerOf, type CouponOutcome } from '../../../packages/client/src/index.js';
import { type Asked, type SaleClient } from '../client/sale-client.js';
import { type Answers, named } from './answers.js';
import { type Shopper } from './plan-shoppers.js';

export interface Placed {
  readonly shopper: Shopper;
  readonly total: number;
  /** Epoch milliseconds. */
  readonly holdExpiresAt: number;
  readonly paid: boolean;
  readonly cancelled: boolean;
}

export interface Shopping {
  readonly sale: SaleClient;
  readonly answers: Answers;
  readonly couponId: string;
  readonly products: ReadonlyArray<string>;
  /** How long an accepted request for a coupon may take to become final, milliseconds. */
  readonly finalWithinMs: number;
}

export interface Visit {
  /** What the request for a coupon came to; null where it was turned away at once. */
  readonly coupon: CouponOutcome | null;
  /** Null where nothing was left. */
  readonly order: Placed | null;
}

const OPENING_MS = 5_000;
const ASK_AGAIN_MS = 50;
const POINTS = 100;
const MOST_DECLINES = 3;
/** What one person does once let in: a coupon, an order with it, and then whatever their fate is. */
export const goShopping = (shopping: Shopping) => {
  const { sale, answers, couponId, products, finalWithinMs } = shopping;
  const { visitor, operator } = sale;

  const openSince = performance.now();
  /** The gate may learn of the opening a moment after the event and the coupon said that it is open. */
  const askOnceOpen = async (userId: string, requestId: string, pass: string): Promise<Asked> => {
    for (;;) {
      const answer = await sale.ask(couponId, userId, requestId, pass);
      if (answer.code !== 'NOT_OPEN' || performance.now() > openSince + OPENING_MS) return answer;
      await sleep(ASK_AGAIN_MS);
    }
  };

  const askForCoupon = async ({ userId }: Shopper, pass: string): Promise<CouponOutcome | null> => {
    const { request } = await answers.measured(
      () => askOnceOpen(userId, `ask-${userId}`, pass),
      ({ status, code }) => `coupon ${status} ${code}`,
    );
    if (request === null) return null;
    return answers.measured(
      () => sale.awaitOutcome(request, finalWithinMs),
      ({ status }) => `coupon decided ${status}`,
    );
  };

  const placeOrder = async (shopper: Shopper, hasCoupon: boolean, pass: string): Promise<Placed | null> => {
    const { userId, orderId, product, quantity, usesPoints } = shopper;
    if (usesPoints) {
      const [params, body] = [{ path: { userId } }, { amount: POINTS, chargeId: `charge-${userId}` }];
      await answers.measured(
        () => answerOf(operator.api.POST('/api/users/{userId}/points/charge', { params, body })),
        (charged) => named('points')(charged.ok ? { ...charged, value: {} } : charged),
      );
    }
    const productId = products[product] ?? '';
    const wish = {
      orderId,
      userId,
      lines: [{ productId, quantity }],
      shipping: { recipient: userId, address: 'Harbour 1' },
      ...(hasCoupon && { couponId }),
      ...(usesPoints && { usePoints: POINTS }),
    };
    const placed = await answers.measured(() => visitor.orders.place(wish, { pass }), named('order'));
    if (!placed.ok) return null;
    const { total, holdExpiresAt } = placed.value;
    return { shopper, total, holdExpiresAt: Date.parse(holdExpiresAt), paid: false, cancelled: false };
  };

  const pay = async ({ shopper, total }: Placed, gatewayPaymentId: string): Promise<boolean> => {
    const { orderId, userId } = shopper;
    const payment = { orderId, userId, amount: total, gatewayPaymentId: `${gatewayPaymentId}-${orderId}` };
    const paid = await answers.measured(() => visitor.payments.pay(payment), named('payment'));
    return paid.ok && paid.value.status === 'PAID';
  };
  const cancel = async ({ shopper }: Placed): Promise<boolean> =>
    (await answers.measured(() => visitor.orders.cancel(shopper.orderId), named('cancel'))).ok;

  const follow = async (order: Placed): Promise<Placed> => {
    switch (order.shopper.fate) {
      case 'pays':
        return { ...order, paid: await pay(order, 'ok') };
      case 'pays at the second try':
        await pay(order, 'decline');
        return { ...order, paid: await pay(order, 'ok') };
      case 'is declined':
        for (let declines = 0; declines < MOST_DECLINES; declines += 1) await pay(order, `decline-${declines}`);
        return order;
      case 'times out':
        return { ...order, paid: await pay(order, 'timeout') };
      case 'gets lost':
        return { ...order, paid: await pay(order, 'lost') };
      case 'walks away':
        return order;
      case 'cancels':
        return { ...order, cancelled: await cancel(order) };
      case 'pays and cancels': {
        const paid = await pay(order, 'ok');
        return { ...order, paid, cancelled: await cancel(order) };
      }
    }
  };

  return async (shopper: Shopper, pass: string): Promise<Visit> => {
    const coupon = await askForCoupon(shopper, pass);
    const order = await placeOrder(shopper, coupon?.status === 'SUCCESS', pass);
    return { coupon, order: order === null ? null : await follow(order) };
  };
};
