import { isPlaced } from '../../../domain/order/order.js';
import { type Rule } from '../../kernel/audit/audit.js';
import { type FindingKind } from '../../kernel/audit/finding.js';
import { type OrderFacts, SETTLED_AFTER_MS, type Stage } from './order-facts.js';

type OrderRule = Rule<OrderFacts>;

const goods: Record<Stage, ReadonlyArray<string>> = {
  'not placed': ['none', 'Released', 'Restored'],
  waiting: ['Held'],
  'on its way': ['Held', 'Deducted'],
  fulfilled: ['Deducted'],
  over: ['none', 'Released', 'Restored'],
};
/** What nobody pays for is given back when its time is over; the order ends a little later. */
const isOverdue = ({ stage, order, now }: OrderFacts): boolean =>
  stage === 'waiting' && isPlaced(order) && order.placed.holdExpiresAt <= now;

const points: Record<Stage, ReadonlyArray<string>> = {
  'not placed': ['none', 'Released', 'Refunded'],
  waiting: ['Reserved'],
  'on its way': ['Reserved', 'Deducted'],
  fulfilled: ['Deducted'],
  over: ['none', 'Released', 'Refunded'],
};
const coupons: Record<Stage, ReadonlyArray<string>> = {
  'not placed': ['not used'],
  waiting: ['used'],
  'on its way': ['used'],
  fulfilled: ['used'],
  over: ['not used'],
};
/** Null: it may be either way. */
const deliveries: Record<Stage, ReadonlyArray<string> | null> = {
  'not placed': ['None', 'Cancelled'],
  waiting: null,
  'on its way': null,
  fulfilled: ['Preparing', 'Shipped', 'Delivered'],
  over: ['None', 'Cancelled'],
};

/** Where an order holds what it should not hold, it leaks; where it misses something, a promise is broken. */
const kindOf = ({ stage }: OrderFacts): FindingKind =>
  stage === 'over' || stage === 'not placed' ? 'LEAKED_RESERVATION' : 'BROKEN_PROMISE';

/** A rule about the state in which something is that the order entails. Null: nothing to look at. */
const states = (
  name: string,
  found: (facts: OrderFacts) => ReadonlyArray<string> | null,
  allowed: (facts: OrderFacts) => ReadonlyArray<string>,
): OrderRule => {
  const words = (facts: OrderFacts): string => (found(facts) ?? []).join(', ');
  return {
    name,
    kind: 'BROKEN_PROMISE',
    offences: function* (facts) {
      if (facts.isSettling) return;
      const isAllowed = (each: string): boolean => allowed(facts).includes(each);
      if ((found(facts) ?? []).every(isAllowed)) return;
      const kind = kindOf(facts);
      const remedy = { action: 'DRIVE_ORDER', orderId: facts.orderId } as const;
      yield { detail: words(facts), kind, ...(kind === 'LEAKED_RESERVATION' && { remedy }) };
    },
    looked: (facts) => words(facts) || 'nothing to look at',
  };
};

const theirs = (facts: OrderFacts, isPaying: boolean): ReadonlyArray<string> =>
  facts.payments.filter((payment) => payment.isPaying === isPaying).map(({ status }) => status);

const oneNumberOnePayment: OrderRule = {
  name: "the gateway's payments, each for one payment",
  kind: 'GATEWAY_PAYMENT_REUSED',
  offences: ({ sharedNumbers }) => sharedNumbers.map((detail) => ({ detail })),
  looked: () => 'none is shared',
};

const stands: OrderRule = {
  name: 'an order that was shown or is paid for stands',
  kind: 'BROKEN_PROMISE',
  offences: function* ({ stage, isShown, payments }) {
    if (stage !== 'not placed') return;
    if (isShown) yield { detail: 'it was shown, and has no events' };
    if (payments.length > 0)
      yield {
        detail: `${payments.map(({ paymentId }) => paymentId).join(', ')} would pay for it, and it has no events`,
      };
  },
  looked: ({ stage }) => (stage === 'not placed' ? 'nobody was told of it' : 'it stands'),
};

/** The gateway may be away for long; longer than this somebody has to look. */
const MONEY_ANSWERED_WITHIN_MS = 3_600_000;

const payersAnswered: OrderRule = {
  name: 'every payer is told: confirmed, or refunded',
  kind: 'BROKEN_PROMISE',
  offences: function* ({ order, now, changedAt, payments }) {
    if (order.status === 'PAID' && now - changedAt >= SETTLED_AFTER_MS)
      yield { detail: `paid since ${new Date(changedAt).toISOString()}, and neither confirmed nor given back` };
    for (const { paymentId, status, changedAt: since } of payments)
      if ((status === 'REFUNDING' || status === 'APPROVING') && now - since >= MONEY_ANSWERED_WITHIN_MS)
        yield { detail: `${paymentId} is ${status} since ${new Date(since).toISOString()}` };
  },
  looked: ({ payments }) => (payments.length === 0 ? 'nobody paid' : theirsInWords(payments)),
};

const theirsInWords = (payments: OrderFacts['payments']): string => payments.map(({ status }) => status).join(', ');

/** What must be true of every order: nothing half done, no money without goods, no money for two orders. */
export const orderRules: ReadonlyArray<OrderRule> = [
  states(
    'goods',
    (facts) => facts.goods,
    (facts) => (isOverdue(facts) ? [...goods[facts.stage], 'Released'] : goods[facts.stage]),
  ),
  states(
    'the payment that pays it',
    (facts) => theirs(facts, true),
    () => ['PAID'],
  ),
  states(
    'every other payment',
    (facts) => theirs(facts, false),
    () => ['PENDING', 'APPROVING', 'DECLINED', 'REFUNDING', 'REFUNDED'],
  ),
  oneNumberOnePayment,
  states(
    'points',
    (facts) => (facts.points === null ? null : [facts.points]),
    ({ stage }) => points[stage],
  ),
  states(
    'coupon',
    (facts) => (facts.coupon === null ? null : [facts.coupon]),
    ({ stage }) => coupons[stage],
  ),
  states(
    'delivery',
    ({ stage, delivery }) => (deliveries[stage] === null ? null : [delivery]),
    ({ stage }) => deliveries[stage] ?? [],
  ),
  payersAnswered,
  stands,
];
