import { either as E, type taskEither as TE } from 'fp-ts';
import { type ApprovePaymentError } from '../../src/application/checkout/payment/approve-payment.js';
import { type PaymentSeen } from '../../src/application/checkout/payment/find-payment.js';
import { type PreparePaymentError } from '../../src/application/checkout/payment/prepare-payment.js';
import { type Calls, type Deployment } from '../support/world/deployment.js';
import { type Client, newClient, UNDECIDED } from '../support/world/errands.js';
import { THE_BEGINNING } from '../support/world/member.js';
import { heal, repairing, tellOfCharges } from './repairs.js';
import { type Rare } from '../support/world/disasters.js';
import { type Weather } from '../support/world/weather.js';

export interface CouponAsked {
  readonly couponId: string;
  readonly userId: string;
  readonly requestId: string;
}

/** What was promised to somebody, by an answer they got. */
export interface Promised {
  /** Requests for coupons that were accepted. */
  readonly coupons: CouponAsked[];
  /** Final answers to them, as they were told, one after another. */
  readonly answers: Map<string, string[]>;
  /** Orders somebody was told of. */
  readonly orders: Set<string>;
  /** Who was told that they have paid: by payment, the order. */
  readonly paid: Map<string, string>;
  /** Creates once more what was created, as somebody does who has lost the answer. */
  readonly creations: Array<() => Promise<void>>;
  /** What those who created something were told but that it is there. */
  readonly refused: string[];
}

export const nothingPromised = (): Promised => ({
  coupons: [],
  answers: new Map(),
  orders: new Set(),
  paid: new Map(),
  creations: [],
  refused: [],
});

export interface Plan {
  readonly users: ReadonlyArray<string>;
  readonly couponIds: ReadonlyArray<string>;
  readonly productIds: ReadonlyArray<string>;
  readonly eventId: string | null;
  readonly scheduleId: string | null;
}

export const makePlan = ({ chance }: Weather): Plan => ({
  users: Array.from({ length: 2 + chance.below(3) }, (_, n) => `user-${n}`),
  couponIds: chance.happens(0.85) ? ['spring'] : [],
  productIds: ['kettle', 'lamp'].slice(0, chance.below(3)),
  eventId: chance.happens(0.4) ? 'gala' : null,
  scheduleId: chance.happens(0.4) ? 'hall' : null,
});

const by = (correlationId: string) => ({ correlationId });
const operator = { actor: 'olga', reason: 'a simulation' };
const OPENING_WITHIN_MS = 6_000;
const CREATING = 30;

/** What there is to sell, made by operators while everything goes wrong already. */
export const openShop = async (
  weather: Weather,
  deployment: Deployment,
  plan: Plan,
  { creations, refused }: Promised,
): Promise<void> => {
  const { chance, time } = weather;
  const { insist } = newClient(weather, deployment);
  const create = <A>(
    id: string,
    make: (calls: Calls) => TE.TaskEither<{ readonly code: string }, A>,
  ): Promise<void> => {
    const creation = async (): Promise<void> => {
      const told = await insist(CREATING, make);
      if (E.isLeft(told) && !UNDECIDED.has(told.left.code)) refused.push(`${id} cannot be created: ${told.left.code}`);
    };
    creations.push(creation);
    return creation();
  };
  const { couponIds, productIds, eventId, scheduleId } = plan;
  const tied = (): string | null => (chance.happens(0.5) ? eventId : null);
  if (scheduleId !== null) {
    const pace = chance.happens(0.3) ? { admitPerSecond: 1 } : {};
    const room = { scheduleId, activeLimit: 1 + chance.below(2), activeTtlSeconds: 40, ...pace, ...by('room') };
    await insist(CREATING, (calls) => calls.configureSchedule(room));
  }
  if (eventId !== null) {
    const opensAt = THE_BEGINNING + time.elapsed() + chance.below(OPENING_WITHIN_MS);
    const event = { eventId, name: eventId, opensAt, scheduleId: chance.happens(0.8) ? scheduleId : null };
    await create(eventId, (calls) => calls.scheduleEvent({ ...event, ...by('event') }));
  }
  const makeCoupon = (couponId: string) => {
    const kind = chance.happens(0.5) ? 'AMOUNT' : 'PERCENT';
    const window = { opensAt: null, closesAt: null, eventId: tied() };
    const worth = { quantity: 1 + chance.below(3), discount: { kind, value: kind === 'AMOUNT' ? 300 : 10 } } as const;
    return create(couponId, (calls) =>
      calls.createCoupon({ couponId, name: couponId, ...worth, ...window, ...by('coupon') }),
    );
  };
  const makeProduct = (productId: string) => {
    const limits = chance.happens(0.3) ? { limits: { maxPerUser: 2 } } : {};
    const policy = { latePayment: chance.happens(0.5) ? 'REACQUIRE' : 'REFUND' } as const;
    const product = { productId, name: productId, price: 1_000, stock: 1 + chance.below(4), eventId: tied() };
    return create(productId, (calls) => calls.createProduct({ ...product, ...limits, policy, ...by('product') }));
  };
  await Promise.all([...couponIds.map(makeCoupon), ...productIds.map(makeProduct)]);
};

interface Errand {
  readonly weather: Weather;
  readonly deployment: Deployment;
  readonly client: Client;
  readonly plan: Plan;
  readonly promised: Promised;
}

export const answerKey = ({ couponId, userId, requestId }: CouponAsked): string => `${couponId}/${userId}/${requestId}`;

/** Asks what became of a request that was accepted; what is final is remembered. */
export const askForAnswer = async (client: Client, promised: Promised, asked: CouponAsked): Promise<void> => {
  const told = await client.call((calls) => calls.issueStatus(asked));
  const hear = (answer: string): void => {
    promised.answers.set(answerKey(asked), [...(promised.answers.get(answerKey(asked)) ?? []), answer]);
  };
  if (E.isLeft(told)) return told.left.code === 'REQUEST_NOT_FOUND' ? hear('REQUEST_NOT_FOUND') : undefined;
  const { status, place, code } = told.right;
  if (status !== 'PROCESSING') hear([status, place, code].join(' '));
};

/** Waits in line until they are in, grow tired of it, or give up. */
const waitInLine = async (errand: Errand, userId: string): Promise<string | undefined> => {
  const { client, plan } = errand;
  const { chance } = errand.weather;
  const { scheduleId } = plan;
  if (scheduleId === null || chance.happens(0.2)) return undefined;
  const joined = await client.insist(3, (calls) => calls.joinQueue({ scheduleId, userId, ...by(userId) }));
  if (E.isLeft(joined)) return undefined;
  const { tokenId } = joined.right;
  for (let looks = 0; looks < 6; looks += 1) {
    const seen = await client.call((calls) => calls.tokenById(tokenId, { waitMs: 4_000, ...by(userId) }));
    if (E.isRight(seen) && seen.right.status === 'ACTIVE') return seen.right.pass;
    if (E.isRight(seen) && seen.right.status !== 'PENDING') return undefined;
    if (chance.happens(0.05)) {
      await client.insist(3, (calls) => calls.leaveQueue(tokenId, by(userId)));
      return undefined;
    }
    await client.pause(3_000);
  }
  return undefined;
};

/** Asks for a coupon, sometimes again, sometimes by an id that others use too, and wants to know what became of it. */
const getCoupon = async (errand: Errand, userId: string, couponId: string): Promise<void> => {
  const { client, promised } = errand;
  const { chance } = errand.weather;
  const pass = await waitInLine(errand, userId);
  const requestId = chance.happens(0.15) ? 'popular' : `request-${userId}-${chance.below(2)}`;
  const asked = { couponId, userId, requestId };
  const request = { ...asked, ...(pass !== undefined && { pass }), ...by(requestId) };
  for (let times = 1 + chance.below(3); times > 0; times -= 1) {
    const told = await client.call((calls) => calls.requestCoupon(request));
    if (E.isRight(told)) promised.coupons.push(asked);
    if (E.isRight(told) && chance.happens(0.5)) break;
    await client.pause(E.isLeft(told) && told.left.code === 'NOT_OPEN' ? 3_000 : 1_000);
  }
  for (let looks = chance.below(4); looks > 0 && promised.coupons.includes(asked); looks -= 1) {
    await client.pause(2_000);
    await askForAnswer(client, promised, asked);
  }
};

interface Bill {
  readonly orderId: string;
  readonly userId: string;
  readonly amount: number;
}

/**
 * Pays, at once or step by step, now and then by a number that is somebody else's, or twice by two numbers. What was prepared before may
 * come back when another payment has taken its place. The gateway may tell of a payment first, or of one that it knows nothing of, or charge
 * what it has declined.
 */
const pay = async ({ weather, deployment, client, promised }: Errand, bill: Bill): Promise<void> => {
  const { chance } = weather;
  const kinds = ['ok', 'ok', 'ok', 'timeout', 'lost', 'decline', 'delay-1500'];
  const prepared: string[] = [];
  for (let tries = 1 + chance.below(3); tries > 0; tries -= 1) {
    const own = `${kinds[chance.below(kinds.length)] ?? 'ok'}-${bill.orderId}-${chance.below(2)}`;
    const of = { gatewayPaymentId: chance.happens(0.1) ? 'popular' : own, ...by(bill.orderId) };
    if (chance.happens(0.3)) {
      const told = await client.insist(3, (calls) => calls.preparePayment({ ...bill, ...of }));
      if (E.isRight(told)) prepared.push(told.right.paymentId);
      await client.pause(2_000);
    }
    const paymentId = chance.happens(0.8) ? prepared[chance.below(prepared.length)] : undefined;
    const isHeard = chance.happens(0.2);
    const told = await client.insist<ApprovePaymentError | PreparePaymentError, PaymentSeen>(3, (calls) => {
      if (paymentId === undefined) return calls.payAtOnce({ ...bill, ...of });
      return isHeard ? calls.hearGateway({ paymentId, ...of }) : calls.approvePayment({ paymentId, ...of });
    });
    if (E.isRight(told) && told.right.status === 'PAID') promised.paid.set(told.right.paymentId, bill.orderId);
    await client.pause(2_000);
    if (E.isRight(told) || told.left.code !== 'PAYMENT_DECLINED' || chance.happens(0.5)) continue;
    deployment.gateway.chargeAfterAll();
    await tellOfCharges(client, deployment);
  }
};

/** Orders something, and perhaps pays, cancels, does either twice, or forgets about it. */
const buy = async (errand: Errand, userId: string, n: number): Promise<void> => {
  const { client, plan, promised } = errand;
  const { chance } = errand.weather;
  const points = chance.happens(0.4) ? 400 : 0;
  const charge = { userId, amount: 500, chargeId: `charge-${userId}`, ...by(userId) };
  if (points > 0) await client.insist(6, (calls) => calls.chargePoints(charge));
  const pass = await waitInLine(errand, userId);
  const lines = plan.productIds
    .filter(() => chance.happens(0.8))
    .map((productId) => ({ productId, quantity: 1 + chance.below(2) }));
  if (lines.length === 0) return;
  const orderId = chance.happens(0.1) ? 'popular' : `order-${userId}-${n}`;
  const order = {
    orderId,
    userId,
    lines,
    shipping: { recipient: userId, address: 'A 1' },
    couponId: chance.happens(0.4) ? (plan.couponIds[0] ?? null) : null,
    usePoints: chance.happens(0.5) ? points : 0,
    ...(pass !== undefined && { pass }),
    ...by(orderId),
  };
  const place = () => client.insist(4, (calls) => calls.createOrder(order));
  const [first, again] = await Promise.all([place(), ...(chance.happens(0.2) ? [place()] : [])]);
  let placed = first;
  for (let tries = 2; tries > 0 && E.isLeft(placed) && placed.left.code === 'SALE_NOT_OPEN'; tries -= 1) {
    await client.pause(6_000);
    placed = await place();
  }
  for (const told of [placed, again]) if (told !== undefined && E.isRight(told)) promised.orders.add(orderId);
  if (E.isLeft(placed) || chance.happens(0.1)) return;

  const cancel = async (): Promise<void> => {
    const operation = { orderId, reason: 'no longer', by: 'USER', ...by(orderId) } as const;
    await client.insist(3, (calls) => calls.cancelOrder(operation));
  };
  await client.pause(chance.happens(0.15) ? 25_000 : 3_000);
  const cancelling = chance.happens(0.2) ? client.pause(4_000).then(cancel) : Promise.resolve();
  if (chance.happens(0.85)) await pay(errand, { orderId, userId, amount: placed.right.total });
  await cancelling;
  if (chance.happens(0.15)) await cancel();
  if (chance.happens(0.8)) return;
  const operation = { orderId, reason: 'sent', by: 'OPERATOR', ...by(orderId) } as const;
  await client.pause(4_000);
  await client.insist(3, (calls) => calls.shipOrder(operation));
  if (chance.happens(0.5)) await client.insist(3, (calls) => calls.deliverOrder(operation));
};

/** One thing an operator does in the middle of a sale. */
const operate = async ({ weather, deployment, client, plan, promised }: Errand, n: number): Promise<void> => {
  const { chance, time } = weather;
  const { insist } = client;
  const { scheduleId, eventId } = plan;
  const { creations } = promised;
  const [couponId] = plan.couponIds;
  const [productId] = plan.productIds;
  const requestId = `operation-${n}`;
  const soon = (mostMs: number): number => THE_BEGINNING + time.elapsed() + chance.below(mostMs);
  const acts: Array<() => Promise<unknown>> = [
    () => heal(client),
    async () => deployment.gateway.giveBackInConsole(),
    async () => creations[chance.below(creations.length)]?.(),
  ];
  if (couponId !== undefined) {
    const asked = { couponId, ...operator, requestId, ...by(requestId) };
    const quantity = chance.below(5);
    const usableUntil = soon(20_000);
    const closesAt = usableUntil + 2_000;
    acts.push(
      async () => {
        await insist(3, (calls) => calls.pauseCoupon(asked));
        await client.pause(3_000);
        await insist(5, (calls) => calls.resumeCoupon({ ...asked, requestId: `${requestId}-on` }));
      },
      () => insist(3, (calls) => calls.changeQuantity({ ...asked, quantity })),
      () => insist(3, (calls) => calls.changeTerms({ ...asked, name: 'summer', closesAt, usableUntil })),
    );
  }
  if (productId !== undefined) {
    const delivery = { productId, quantity: 1, deliveryNote: `note-${chance.below(2)}`, ...by(requestId) };
    acts.push(() => insist(4, (calls) => calls.receiveStock(delivery)));
  }
  if (scheduleId !== null) {
    const terms = { scheduleId, activeLimit: 1 + chance.below(3), activeTtlSeconds: 40, ...by(requestId) };
    acts.push(() => insist(3, (calls) => calls.configureSchedule(terms)));
  }
  if (eventId !== null) {
    const operation = { eventId, ...operator, ...by(requestId) };
    const opensAt = soon(8_000);
    acts.push(
      () => insist(3, (calls) => calls.cancelEvent(operation)),
      () => insist(3, (calls) => calls.closeEvent(operation)),
      () => insist(3, (calls) => calls.rescheduleEvent({ ...operation, opensAt })),
    );
  }
  await acts[chance.below(acts.length)]?.();
};

const LATEST_ARRIVAL_MS = 5_000;

/** Everybody goes about their errands, all at once. Resolves when the last of them has gone home. */
export const letPeopleIn = async (
  weather: Weather,
  deployment: Deployment,
  plan: Plan,
  promised: Promised,
  { damage }: Pick<Rare, 'damage'>,
): Promise<void> => {
  const { chance } = weather;
  const client = newClient(weather, deployment);
  const errand: Errand = { weather, deployment, client, plan, promised };
  const errands: Array<Promise<void>> = [];
  const perhaps = (probability: number, go: () => Promise<unknown>): void => {
    if (chance.happens(probability)) errands.push(client.pause(LATEST_ARRIVAL_MS).then(async () => void (await go())));
  };
  for (const userId of plan.users) {
    for (const couponId of plan.couponIds) perhaps(0.8, () => getCoupon(errand, userId, couponId));
    if (plan.productIds.length > 0) perhaps(0.7, () => buy(errand, userId, 0));
    if (plan.productIds.length > 0) perhaps(0.15, () => buy(errand, userId, 1));
    if (plan.scheduleId !== null) perhaps(0.3, () => waitInLine(errand, userId));
  }
  for (let n = chance.below(4); n > 0; n -= 1) perhaps(1, () => operate(errand, n));
  if (damage) errands.push(repairing(chance, client));
  await Promise.all(errands);
};
