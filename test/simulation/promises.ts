import { either as E } from 'fp-ts';
import { isOrderEvent } from '../../src/application/checkout/aggregates/order-aggregate.js';
import { isPaymentEvent } from '../../src/application/checkout/aggregates/payment-aggregate.js';
import { isPointsEvent } from '../../src/application/checkout/aggregates/points-aggregate.js';
import { isStockEvent } from '../../src/application/checkout/aggregates/stock-aggregate.js';
import { isCouponEvent } from '../../src/application/coupon/coupon-aggregate.js';
import { isIssuedCouponEvent } from '../../src/application/coupon/issued-coupon-aggregate.js';
import { isCouponRequestRejected } from '../../src/application/coupon/coupon-rejections-aggregate.js';
import { isVoidMessage } from '../../src/application/coupon/coupon-request-message.js';
import { isDeadLetterEvent } from '../../src/application/operating/dead-letters/dead-letter.js';
import { isSaleEvent } from '../../src/application/shop-event/sale-aggregate.js';
import { isWaitingRoomEvent } from '../../src/application/waiting-room/waiting-room-aggregate.js';
import { type EventBody } from '../../src/application/ports/event-store.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { type Deployment, type RunningMember } from '../support/world/deployment.js';
import { answerKey, type CouponAsked, type Promised } from './people.js';
import { watched } from './repairs.js';

/** What is not as it was promised, in words; nothing when all is well. */
export type Faults = ReadonlyArray<string>;

type Told = Pick<Deployment, 'events'>;

const grouped = <A>(all: ReadonlyArray<A>, keyOf: (each: A) => string): ReadonlyMap<string, ReadonlyArray<A>> => {
  const groups = new Map<string, A[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
};

const bodies = ({ events }: Told) => events.all.map(({ event }) => event);

/** Never more than there are, never two to one user, places without a gap, and none that can no longer be used. */
export const couponsKept = (told: Told): Faults => {
  const faults: string[] = [];
  for (const [couponId, events] of grouped(bodies(told).filter(isCouponEvent), ({ couponId: id }) => id)) {
    let quantity = 0;
    let usableUntil = Infinity;
    const holders: string[] = [];
    for (const event of events) {
      if (event.type === 'CouponTermsChanged') usableUntil = event.usableUntil ?? usableUntil;
      if (event.type === 'CouponCreated' || event.type === 'CouponQuantityChanged') quantity = event.quantity;
      if (event.type !== 'CouponIssued') continue;
      if (event.at >= usableUntil) faults.push(`${couponId}: given to ${event.userId} when it could no longer be used`);
      if (holders.includes(event.userId)) faults.push(`${couponId}: two for ${event.userId}`);
      if (holders.push(event.userId) !== event.place) faults.push(`${couponId}: place ${event.place} out of order`);
      if (holders.length > quantity) faults.push(`${couponId}: number ${holders.length} of ${quantity}`);
    }
  }
  return faults;
};

/** The request that this event sets aside; null for any other event. */
const requestOfLetter = (event: EventBody): string | null => {
  if (!isDeadLetterEvent(event) || event.type !== 'DeadLetterRecorded' || isVoidMessage(event)) return null;
  const { 'user-id': userId = '', 'request-id': requestId = '' } = event.headers;
  return answerKey({ couponId: event.key, userId, requestId });
};

/** Each accepted request has one answer, and nobody ever heard another one. */
export const answersKept = (told: Told, promised: Promised): Faults => {
  const faults: string[] = [];
  const answers: Array<CouponAsked & { readonly code: string }> = [];
  for (const event of bodies(told)) {
    if (isCouponEvent(event) && event.type === 'CouponIssued') answers.push({ ...event, code: 'ISSUED' });
    if (isCouponRequestRejected(event)) answers.push({ ...event, userId: event.userId ?? '' });
  }
  for (const asked of new Set(promised.coupons)) {
    const codes = answers.filter((each) => answerKey(each) === answerKey(asked)).map(({ code }) => code);
    // One that was abandoned may be asked for again, and is decided then.
    const final = codes.filter((code, index) => code !== 'ABANDONED' || index === codes.length - 1);
    if (final.length !== 1) faults.push(`${answerKey(asked)}: accepted, and answered by [${codes.join()}]`);
    const heard = new Set(promised.answers.get(answerKey(asked)));
    if (heard.has('REQUEST_NOT_FOUND')) faults.push(`${answerKey(asked)}: accepted, and later not found`);
    const said = [...heard].filter((each) => !each.includes('ABANDONED'));
    if (said.length > 1) faults.push(`${answerKey(asked)}: told ${said.join(', then ')}`);
  }
  return faults;
};

/** Nobody gives up a request that is set aside: it is decided once it can be. */
export const setAsideKept = (told: Told): Faults => {
  const faults: string[] = [];
  const setAside = new Map<string, string>();
  for (const event of bodies(told)) {
    if (isDeadLetterEvent(event)) {
      const { deadLetterId } = event;
      if (event.type !== 'DeadLetterRecorded') setAside.delete(deadLetterId);
      else setAside.set(deadLetterId, requestOfLetter(event) ?? '');
    } else if (isCouponRequestRejected(event) && event.code === 'ABANDONED') {
      const asked = answerKey({ ...event, userId: event.userId ?? '' });
      if ([...setAside.values()].includes(asked)) faults.push(`${asked}: given up while it was set aside`);
    }
  }
  return faults;
};

/** Never more held than there is, nothing held in the end, and what was counted out was there. */
export const stockKept = (told: Told): Faults => {
  const faults: string[] = [];
  for (const [productId, events] of grouped(bodies(told).filter(isStockEvent), ({ productId: id }) => id)) {
    let onHand = 0;
    const held = new Map<string, number>();
    for (const event of events) {
      if (event.type === 'ProductCreated') onHand += event.stock;
      if (event.type === 'StockReceived' || event.type === 'StockRestored') onHand += event.quantity;
      if (event.type === 'StockReserved') held.set(event.orderId, event.quantity);
      if (event.type === 'StockDeducted') onHand -= event.quantity;
      if (event.type === 'StockDeducted' || event.type === 'StockReleased') held.delete(event.orderId);
      if (event.type === 'HoldsExpired') for (const { orderId } of event.holds) held.delete(orderId);
      const all = [...held.values()].reduce((sum, each) => sum + each, 0);
      if (all > onHand) faults.push(`${productId}: ${all} held of ${onHand} after ${event.type}`);
    }
    for (const orderId of held.keys()) faults.push(`${productId}: still held for ${orderId}`);
  }
  return faults;
};

interface Ended {
  readonly end: 'open' | 'fulfilled' | 'over';
  readonly paidBy: string | null;
  readonly total: number;
  readonly points: number;
  readonly userId: string;
}

const ends: Readonly<Record<string, Ended['end']>> = {
  OrderConfirmed: 'fulfilled',
  OrderShipped: 'fulfilled',
  OrderDelivered: 'fulfilled',
  OrderCancelled: 'over',
  OrderFailed: 'over',
  OrderExpired: 'over',
};

export const endedOrders = (told: Told): ReadonlyMap<string, Ended> => {
  const orders = new Map<string, Ended>();
  for (const event of bodies(told).filter(isOrderEvent)) {
    const { orderId, userId } = event;
    const before = orders.get(orderId);
    // Being placed has an end, too: it is an order then, or none.
    if (event.type === 'OrderNotPlaced') orders.delete(orderId);
    else if (event.type === 'OrderPlacingStarted' || event.type === 'OrderCreated') {
      const { total, points } = event;
      orders.set(orderId, { end: 'open', paidBy: null, total, points, userId });
    } else if (before !== undefined && event.type !== 'OrderPaymentRefused') {
      const paidBy = event.type === 'OrderPaid' ? event.paymentId : before.paidBy;
      orders.set(orderId, { ...before, paidBy, end: ends[event.type] ?? 'open' });
    }
  }
  return orders;
};

/** Every order comes to an end, and those somebody was told of are there. */
export const ordersKept = (told: Told, promised: Promised): Faults => {
  const orders = endedOrders(told);
  return [
    ...[...orders].flatMap(([orderId, { end }]) => (end === 'open' ? [`${orderId}: never came to an end`] : [])),
    ...[...promised.orders].flatMap((orderId) => (orders.has(orderId) ? [] : [`${orderId}: told of, and not there`])),
  ];
};

/** The gateway has people's money for what they have, once, and for nothing else. */
export const moneyKept = (deployment: Told & Pick<Deployment, 'gateway'>, promised: Promised): Faults => {
  const { ledger, givenBack } = deployment.gateway;
  const faults: string[] = [];
  const orders = endedOrders(deployment);
  const orderOf = new Map(
    bodies(deployment)
      .filter(isPaymentEvent)
      .map(({ paymentId, orderId }) => [paymentId, orderId]),
  );
  const paymentOf = new Map<string, string>();
  for (const { paymentId, gatewayPaymentId, amount, state } of ledger.all()) {
    if (state === 'DECLINED') continue;
    const orderId = orderOf.get(paymentId) ?? 'no order';
    const order = orders.get(orderId);
    const pays = order?.end === 'fulfilled' && order.paidBy === paymentId;
    const name = `${paymentId} of ${orderId}`;
    if (state === 'CHARGED' && !pays) faults.push(`${name}: charged and kept, the order is ${order?.end}`);
    if (state === 'REFUNDED' && pays && !givenBack.has(paymentId))
      faults.push(`${name}: given back, and the order goes on`);
    if (pays && amount !== order.total) faults.push(`${name}: ${amount} paid for ${order.total}`);
    const other = paymentOf.get(gatewayPaymentId);
    if (other !== undefined) faults.push(`${gatewayPaymentId}: pays ${other} and ${paymentId}`);
    paymentOf.set(gatewayPaymentId, paymentId);
  }
  for (const [orderId, { end, paidBy, total }] of orders)
    if (
      end === 'fulfilled' &&
      total > 0 &&
      ledger.find(paidBy ?? '')?.state !== 'CHARGED' &&
      !givenBack.has(paidBy ?? '')
    )
      faults.push(`${orderId}: fulfilled, and not paid`);
  for (const [paymentId, orderId] of promised.paid) {
    const state = ledger.find(paymentId)?.state ?? 'UNKNOWN';
    const isFree = orders.get(orderId)?.total === 0;
    if (state !== 'CHARGED' && state !== 'REFUNDED' && !isFree)
      faults.push(`${paymentId} of ${orderId}: said to be paid, and is ${state}`);
  }
  return faults;
};

/** Points are neither made nor lost: what is not used is where it was. */
export const pointsKept = (told: Told): Faults => {
  const faults: string[] = [];
  const orders = endedOrders(told);
  const taken = new Set<string>();
  for (const [userId, events] of grouped(bodies(told).filter(isPointsEvent), ({ userId: id }) => id)) {
    let balance = 0;
    const uses = new Map<string, { readonly amount: number; readonly use: string }>();
    const charges = new Set<string>();
    for (const event of events) {
      if (event.type === 'PointsCharged') {
        if (charges.has(event.chargeId)) faults.push(`${userId}: ${event.chargeId} charged twice`);
        charges.add(event.chargeId);
        balance += event.amount;
        continue;
      }
      if (event.type === 'PointsUseEnded') continue;
      const { orderId, amount, type } = event;
      const before = uses.get(orderId)?.use;
      if (type === 'PointsDeducted') balance -= amount;
      if (type === 'PointsRefunded') balance += amount;
      if (type === 'PointsRefunded' && before !== 'PointsDeducted') faults.push(`${userId}: ${type} after ${before}`);
      uses.set(orderId, { amount, use: type });
      const reserved = [...uses.values()].filter(({ use }) => use.startsWith('PointsReserv'));
      const setAside = reserved.reduce((sum, each) => sum + each.amount, 0);
      if (balance < setAside) faults.push(`${userId}: ${setAside} points of ${balance} set aside`);
    }
    for (const [orderId, { use }] of uses) {
      const isFulfilled = orders.get(orderId)?.end === 'fulfilled';
      if (use === 'PointsDeducted') taken.add(orderId);
      if (isFulfilled !== (use === 'PointsDeducted')) faults.push(`${userId}: ${use} for ${orderId} in the end`);
      if (use.startsWith('PointsReserv')) faults.push(`${userId}: points are still set aside for ${orderId}`);
    }
  }
  for (const [orderId, { end, points }] of orders)
    if (end === 'fulfilled' && points > 0 && !taken.has(orderId)) faults.push(`${orderId}: its points were not taken`);
  return faults;
};

/** Nobody's coupon is in use by an order that is over, or was never placed. */
export const couponUsesKept = (told: Told): Faults => {
  const orders = endedOrders(told);
  const uses = new Map<string, string>();
  for (const event of bodies(told).filter(isIssuedCouponEvent)) {
    const issued = `${event.couponId} of ${event.userId}`;
    if (event.type === 'CouponRedeemed') uses.set(issued, event.orderId);
    if (event.type === 'CouponRestored') uses.delete(issued);
  }
  return [...uses].flatMap(([issued, orderId]) =>
    orders.get(orderId)?.end === 'fulfilled' ? [] : [`${issued}: still in use by ${orderId}`],
  );
};

/** Nobody is let in above the limit or stays for ever, and places are given in order. */
export const roomsKept = (told: Told): Faults => {
  const faults: string[] = [];
  const inside = new Set<string>();
  let limit = 0;
  let last = 0;
  for (const event of bodies(told).filter(isWaitingRoomEvent)) {
    if (event.type === 'ScheduleConfigured') limit = event.terms.activeLimit;
    if (event.type === 'TokenExpired' || event.type === 'TokenLeft' || event.type === 'TokenCompleted')
      inside.delete(event.tokenId);
    if (event.type !== 'TokenActivated') continue;
    if (inside.add(event.tokenId).size > limit) faults.push(`${event.scheduleId}: ${inside.size} in, of ${limit}`);
    if (event.place <= last) faults.push(`${event.scheduleId}: place ${event.place} after ${last}`);
    last = event.place;
  }
  return inside.size === 0 ? faults : [...faults, `${[...inside].join()}: still in, long after the time is over`];
};

/** Nothing opens before its time, by the clock on the server's wall. */
export const openingsKept = ({ events }: Told): Faults => {
  const faults: string[] = [];
  const opensAt = new Map<string, number>();
  for (const { event, recordedAt } of events.all) {
    if (!isSaleEvent(event)) continue;
    if (event.type === 'EventScheduled' || event.type === 'EventRescheduled') opensAt.set(event.eventId, event.opensAt);
    const early = (opensAt.get(event.eventId) ?? 0) - recordedAt;
    if (event.type === 'EventOpened' && early > 0) faults.push(`${event.eventId}: opened ${early} ms early`);
  }
  return faults;
};

/** What other systems are told, and on which topic. */
const TOLD: ReadonlyArray<readonly [topic: string, types: ReadonlyArray<string>]> = [
  ['coupon-events', ['CouponCreated', 'CouponIssued', 'CouponRequestRejected', 'CouponQuantityChanged']],
  ['order-events', ['OrderCreated', 'OrderPaid', 'OrderConfirmed', 'OrderCancelled', 'OrderFailed', 'OrderExpired']],
  ['payment-events', ['PaymentCompleted']],
  ['event-open', ['EventOpened']],
];

/** Other systems hear of all that concerns them, whatever could not be read for a while. */
export const othersTold = ({ events, messages }: Pick<Deployment, 'events' | 'messages'>): Faults =>
  TOLD.flatMap(([topic, types]) => {
    const told = new Set(
      messages.all(topic).flatMap((partition) => partition.map(({ headers }) => headers['event-id'])),
    );
    const untold = events.all.filter(({ id, event }) => types.includes(event.type) && !told.has(id));
    return untold.map(
      ({ event, streamId, position }) => `${topic}: never told of ${event.type} ${position}, ${streamId}`,
    );
  });

/** What must never be logged: a fold that throws, an exception nobody expected. */
export const nothingBroke = ({ errors }: Pick<Deployment, 'errors'>): Faults =>
  errors.filter((line) => /its fold throws|TypeError|RangeError|ReferenceError/.test(line));

const idsOf = ({ events }: Told, prefix: string): ReadonlyArray<string> => [
  ...new Set(events.all.flatMap(({ streamId: id }) => (id.startsWith(prefix) ? [id.slice(prefix.length)] : []))),
];

/** No place at the gate is kept for a request that was decided, or never accepted. */
export const placesGivenBack = async ({ container }: Pick<RunningMember, 'container'>): Promise<Faults> => {
  const pending = await container.get(Tokens.Gate).pendingSince(Number.MAX_SAFE_INTEGER, 100)();
  if (E.isLeft(pending)) return ['the gate does not tell who is pending'];
  return pending.right.items.map((admission) => `keeps a place at the gate: ${JSON.stringify(admission)}`);
};

/** What the audits of operators say, and that no place at the gate leaked; `deep`: also whether every view is what its events come to. */
export const auditsPass = async (
  deployment: Deployment,
  { container }: RunningMember,
  deep: boolean,
): Promise<Faults> => {
  const faults: string[] = [];
  const admin = container.get(Tokens.AdminCalls);
  const placed = endedOrders(deployment);
  const audits = [
    ['coupon-', admin.verifyCoupon],
    ['waitingRoom-', admin.verifySchedule],
    ['order-', admin.verifyOrder],
    ['stock-', admin.verifyOrderStock],
  ] as const;
  for (const [prefix, verify] of audits)
    for (const id of idsOf(deployment, prefix)) {
      if (prefix === 'order-' && !placed.has(id)) continue;
      const report = await verify(id, watched)();
      if (E.isLeft(report)) faults.push(`verify ${prefix}${id}: ${report.left.code}`);
      else if (report.right.verdict === 'FAIL')
        faults.push(
          `verify ${prefix}${id}: ${report.right.reasons.map((reason) => JSON.stringify(reason)).join('; ')}`,
        );
    }
  const parked = await admin.listSagas({ limit: 10 })();
  if (E.isLeft(parked)) faults.push('parked orders cannot be listed');
  else for (const saga of parked.right.items) faults.push(`parked: ${JSON.stringify(saga)}`);
  faults.push(...(await placesGivenBack({ container })));
  if (!deep) return faults;
  const found = await admin.reconcile({ heal: false, correlationId: 'audit' }, watched)();
  if (E.isLeft(found)) return [...faults, `reconcile: ${found.left.code}`];
  return [...faults, ...found.right.findings.map((finding) => `reconcile: ${JSON.stringify(finding)}`)];
};
