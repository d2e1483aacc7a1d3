import { Map } from 'immutable';
import { type Action } from '../../../src/domain/checkout/actions.js';
import { type Claims, type Standing, unknownClaims } from '../../../src/domain/checkout/claims.js';
import { nextActions } from '../../../src/domain/checkout/next-actions.js';
import { type OrderEvent } from '../../../src/domain/order/events.js';
import { evolve, type Order, unknownOrder } from '../../../src/domain/order/order.js';
import { type PaymentEvent } from '../../../src/domain/payment/events.js';
import { evolve as evolvePayment, type KnownPayment, unknownPayment } from '../../../src/domain/payment/payment.js';
import { type OrderPolicy } from '../../../src/domain/sale-policy.js';

const NOON = Date.UTC(2026, 0, 1, 12);
const MINUTE = 60_000;
const fact = { orderId: 'o1', userId: 'ana', at: NOON };
const HOLD_ENDS = NOON + 10 * MINUTE;
const HOLD_ENDS_PAYING = NOON + 12 * MINUTE;

const events = (latePayment: OrderPolicy['latePayment']) => {
  const terms = {
    ...fact,
    lines: [{ productId: 'p1', quantity: 1, unitPrice: 1_000 }],
    shipping: { recipient: 'Ana' },
    couponId: 'c1',
    discount: 100,
    points: 200,
    total: 700,
    holdExpiresAt: HOLD_ENDS,
    policy: { latePayment, cancel: 'UNTIL_SHIPPED' },
  } as const;
  const placing: OrderEvent = { type: 'OrderPlacingStarted', ...terms, attempt: 1 };
  const refused: OrderEvent = { type: 'OrderNotPlaced', ...fact, attempt: 1, refusals: [] };
  const created: OrderEvent = { type: 'OrderCreated', ...terms };
  const pending: OrderEvent = { type: 'OrderPaymentPending', ...fact, paymentId: 'pay1' };
  const paid: OrderEvent = { type: 'OrderPaid', ...fact, paymentId: 'pay1', amount: 700 };
  const otherwise: OrderEvent = { type: 'OrderPaid', ...fact, paymentId: null };
  const end = (type: 'OrderConfirmed' | 'OrderShipped' | 'OrderDelivered' | 'OrderExpired'): OrderEvent => ({
    type,
    ...fact,
  });
  const over = (type: 'OrderCancelled' | 'OrderFailed'): OrderEvent => ({ type, ...fact, reason: 'a reason' });
  return { placing, refused, created, pending, paid, otherwise, end, over };
};

/** The columns `order` and `payment` of the table, by their words. */
const orders = (latePayment: OrderPolicy['latePayment']): Readonly<Record<string, ReadonlyArray<OrderEvent>>> => {
  const { placing, refused, created, pending, paid, otherwise, end, over } = events(latePayment);
  return {
    none: [],
    PLACING: [placing],
    NOT_PLACED: [placing, refused],
    CREATED: [placing, created],
    PENDING_PAYMENT: [placing, created, pending],
    PAID: [placing, created, pending, paid],
    'PAID otherwise': [placing, created, pending, otherwise],
    CONFIRMED: [placing, created, pending, paid, end('OrderConfirmed')],
    SHIPPED: [placing, created, pending, paid, end('OrderConfirmed'), end('OrderShipped')],
    DELIVERED: [placing, created, pending, paid, end('OrderConfirmed'), end('OrderShipped'), end('OrderDelivered')],
    CANCELLED: [placing, created, pending, over('OrderCancelled')],
    FAILED: [placing, created, pending, over('OrderFailed')],
    EXPIRED: [placing, created, pending, end('OrderExpired')],
  };
};

const paymentFact = { paymentId: 'pay1', orderId: 'o1', userId: 'ana', amount: 700, at: NOON };
const prepared: PaymentEvent = { type: 'PaymentPrepared', ...paymentFact };
const started: PaymentEvent = {
  type: 'PaymentApprovalStarted',
  ...paymentFact,
  gatewayPaymentId: 'g1',
  holdUntil: HOLD_ENDS_PAYING,
};
const silent: PaymentEvent = { type: 'PaymentAttempted', ...paymentFact, outcome: 'UNKNOWN', code: 'TIMEOUT' };
const charged: PaymentEvent = { type: 'PaymentCompleted', ...paymentFact, gatewayPaymentId: 'g1' };
const declined: PaymentEvent = { type: 'PaymentDeclined', ...paymentFact, code: 'NO' };
const refunding: PaymentEvent = { type: 'PaymentRefundRequested', ...paymentFact, reason: 'late' };
const refunded: PaymentEvent = { type: 'PaymentRefunded', ...paymentFact };

const payments: Readonly<Record<string, ReadonlyArray<PaymentEvent>>> = {
  '': [],
  prepared: [prepared],
  'under way': [prepared, started],
  'not known': [prepared, started, silent],
  charged: [prepared, started, charged],
  'charged, refused': [prepared, started, charged],
  declined: [prepared, started, declined],
  refunding: [prepared, started, charged, refunding],
  refunded: [prepared, started, charged, refunding, refunded],
};

const standings: Readonly<Record<string, Standing>> = {
  'not asked': 'Unknown',
  had: 'Taken',
  refused: 'Refused',
  lost: 'Lost',
  kept: 'Kept',
  'given back': 'GivenBack',
};

const of = <A>(words: Readonly<Record<string, A>>, word: string): A => {
  const found = Object.hasOwn(words, word) ? words[word] : undefined;
  if (found === undefined) throw new Error(`The table says '${word}': one of ${Object.keys(words).join(', ')}`);
  return found;
};

/** `goods had, coupon refused, asked`: what is not named is not asked. */
const claimsOf = (known: string): Claims => {
  let claims = unknownClaims({
    lines: [{ productId: 'p1', quantity: 1, unitPrice: 1_000 }],
    couponId: 'c1',
    points: 200,
  });
  for (const part of known.split(', ').filter((each) => each !== '')) {
    const [what = '', ...rest] = part.split(' ');
    const how = rest.join(' ');
    const all = what === 'all';
    if (all || what === 'goods') claims = { ...claims, goods: Map({ p1: of(standings, how) }) };
    if (all || what === 'coupon') claims = { ...claims, coupon: of(standings, how) };
    if (all || what === 'points') claims = { ...claims, points: of(standings, how) };
    if (what === 'delivery')
      claims = {
        ...claims,
        delivery: of(
          {
            created: 'Created',
            shipped: 'Shipped',
            delivered: 'Delivered',
            cancelled: 'Cancelled',
            refused: 'Refused',
          },
          how,
        ),
      };
    if (what === 'visits') claims = { ...claims, visits: 'Completed' };
    if (what === 'gateway') claims = { ...claims, asked: claims.asked.set('pay1', 'NOT_CHARGED') };
    if (!/^(all|goods|coupon|points|delivery|visits|gateway)$/.test(what)) throw new Error(`The table says '${part}'`);
  }
  return claims;
};

const times: Readonly<Record<string, number>> = {
  '': NOON + 1_000,
  'after 5 s': NOON + 6_000,
  'hold over': HOLD_ENDS,
  'longest hold over': HOLD_ENDS_PAYING,
};

const said = (action: Action): string => {
  switch (action.do) {
    case 'AskGateway':
      return action.mayCharge ? 'AskGateway' : 'AskGateway, not to charge';
    case 'PayOrder':
      return action.late ? 'PayOrder late' : 'PayOrder';
    case 'ReserveGoods':
      return action.again ? 'ReserveGoods again' : 'ReserveGoods';
    case 'Wait':
      return action.until === null ? 'wait to try again' : 'wait';
    case 'AskOperator':
      return `operator: ${action.step.toLowerCase()}`;
    default:
      return action.do;
  }
};

export interface Situation {
  readonly order: string;
  readonly payment: string;
  readonly known: string;
  readonly time: string;
  readonly late: string;
}

/** A row of the table as it is: what the function says about it, in the table's words. */
export const actionsIn = ({ order, payment, known, time, late }: Situation): string => {
  const latePayment = late === 'REFUND' ? 'REFUND' : 'REACQUIRE';
  let state: Order = of(orders(latePayment), order).reduce(evolve, unknownOrder);
  const refusal: OrderEvent = { type: 'OrderPaymentRefused', ...fact, paymentId: 'pay1', reason: 'late' };
  if (payment === 'charged, refused' || payment.startsWith('refund')) state = evolve(state, refusal);
  const paying = of(payments, payment).reduce(evolvePayment, unknownPayment);
  const all: ReadonlyArray<KnownPayment> = paying.status === 'Unknown' ? [] : [paying];
  const actions = nextActions(state, claimsOf(known), all, { at: of(times, time), declinesAllowed: 1 });
  return actions.length === 0 ? 'nothing' : actions.map(said).join(' + ');
};

/** Every word the table may use. */
export const situations = {
  orders: Object.keys(orders('REACQUIRE')),
  payments: Object.keys(payments),
  times: Object.keys(times),
  known: [
    'goods had',
    'goods refused',
    'coupon refused',
    'points had',
    'delivery created',
    'delivery refused',
    'visits completed',
    'gateway asked',
  ],
  actions: [
    ...['ReserveGoods', 'ReserveGoods again', 'RedeemCoupon', 'ReservePoints', 'CreateOrder', 'RefuseOrder'],
    ...[
      'AskGateway',
      'AskGateway, not to charge',
      'PayOrder',
      'PayOrder late',
      'RefusePayment',
      'RequestRefund',
      'Refund',
    ],
    ...['FailOrder', 'ExpireOrder', 'ConfirmOrder', 'CompleteVisits', 'DeductGoods', 'DeductPoints'],
    ...['GiveBackGoods', 'RestoreCoupon', 'ReturnPoints'],
    ...['CreateDelivery', 'ShipDelivery', 'CompleteDelivery', 'CancelDelivery'],
    ...['wait', 'wait to try again', 'operator: goods', 'operator: points', 'operator: delivery'],
  ],
} as const;
