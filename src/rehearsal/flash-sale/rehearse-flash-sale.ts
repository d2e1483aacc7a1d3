import { type Histogram } from 'hdr-histogram-js';
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerOf, type CouponOutcome } from '../../../packages/client/src/index.js';
import { createSaleClient, type SaleClient } from '../client/sale-client.js';
import { epochMs } from '../clock.js';
import { type Crowd, gatherCrowd } from '../crowd.js';
import { issuedOf, judge } from '../judge.js';
import { type RehearsalOptions } from '../options.js';
import { createAnswers } from './answers.js';
import { awaitOrders, seeOrder, type Settled } from './await-orders.js';
import { compareShelves } from './compare-shelves.js';
import { goShopping, type Placed } from './go-shopping.js';
import { judgeOrders, type Shelf } from './judge-orders.js';
import { planShoppers } from './plan-shoppers.js';
import { type Verified, verifySale } from './verify-sale.js';

interface Setting {
  /** Of the schedule, the event and the coupon. */
  readonly id: string;
  readonly activeLimit: number;
  readonly coupons: number;
  readonly products: ReadonlyArray<{ readonly productId: string; readonly stock: number }>;
}

const ACTIVE_SECONDS = 600;
const OPENS_IN_MS = 300;
const OPEN_WITHIN_MS = 15_000;
const PRICE = 1_000;

/** A waiting room, an event behind it, a coupon and products that sell while it is open; answers once it is. */
const setUp = async (sale: SaleClient, { id, activeLimit, coupons, products }: Setting): Promise<void> => {
  await sale.configure(id, activeLimit, ACTIVE_SECONDS);
  await sale.schedule(id, epochMs() + OPENS_IN_MS, id);
  await sale.create(coupons, id, id);
  for (const { productId, stock } of products) {
    const body = { productId, name: 'Rehearsal', price: PRICE, stock, eventId: id };
    await sale.expect(answerOf(sale.operator.api.POST('/api/products', { body })), 'Creating a product');
  }
  const deadline = performance.now() + OPEN_WITHIN_MS;
  while ((await sale.openedAt(id)) === null || (await sale.coupon(id)).status !== 'OPEN') {
    if (performance.now() > deadline) throw new Error('The event of the rehearsal does not open');
    await sleep(20);
  }
};

export interface FlashSaleOptions extends RehearsalOptions {
  /** Units there are, over all products. */
  readonly stock: number;
  readonly coupons: number;
  /** How many are let in at once. */
  readonly activeLimit: number;
}

export interface FlashSaleRehearsal {
  /** Of the schedule, the event and the coupon. */
  readonly id: string;
  readonly crowd: Crowd;
  readonly answers: ReadonlyMap<string, Histogram>;
  readonly issued: number;
  readonly settled: ReadonlyArray<Settled>;
  readonly shelves: ReadonlyArray<Shelf>;
  /** Milliseconds until the last had been in; and until every order was at its end. */
  readonly throughMs: number;
  readonly settledMs: number;
  readonly faults: ReadonlyArray<string>;
  readonly verified: ReadonlyArray<Verified>;
  readonly passed: boolean;
}

const PRODUCTS = 3;
const TIMEOUT_MS = 60_000;
const SHELF_WITHIN_MS = 10_000;
const MOST_FAULTS = 20;

const seeShelf = async (
  { visitor }: SaleClient,
  { productId, stock }: Pick<Shelf, 'productId' | 'stock'>,
): Promise<Shelf> => {
  const deadline = performance.now() + SHELF_WITHIN_MS;
  for (;;) {
    const product = await visitor.orders.product(productId);
    if (product.ok) return { productId, stock, onHand: product.value.onHand, held: product.value.held };
    if (performance.now() > deadline) throw new Error(`The product ${productId} cannot be read`);
    await sleep(50);
  }
};

/**
 * A whole flash sale over HTTP: people queue, get coupons, order and pay with a gateway that declines some and says nothing
 * to others; some cancel, some walk away and let their order expire. Judged by the people, and by the events of everything.
 */
export const rehearseFlashSale = async (options: FlashSaleOptions): Promise<FlashSaleRehearsal> => {
  const { users, coupons, activeLimit, sockets, finalWithinMs, onProgress = () => undefined, signal } = options;
  const sale = createSaleClient({ ...options, timeoutMs: TIMEOUT_MS });
  const id = `flash-${randomUUID()}`;
  const products = Array.from({ length: PRODUCTS }, (_, n) => ({
    productId: `${id}-${n}`,
    stock: Math.floor(options.stock / PRODUCTS) + (n < options.stock % PRODUCTS ? 1 : 0),
  }));
  const productIds = products.map(({ productId }) => productId);
  try {
    await setUp(sale, { id, activeLimit, coupons, products });
    const answers = createAnswers();
    const visit = goShopping({ sale, answers, couponId: id, products: productIds, finalWithinMs });
    const shoppers = new Map(planShoppers(users, PRODUCTS).map((each) => [each.userId, each]));
    const finals = new Map<string, CouponOutcome>();
    const failures: string[] = [];
    const orders: Placed[] = [];

    const since = performance.now();
    const crowd = await gatherCrowd({
      client: () => sale.visitor,
      describeRefusal: sale.describeRefusal,
      scheduleId: id,
      visitors: [...shoppers.values()],
      inFlight: sockets,
      visit: async (userId, pass) => {
        const shopper = shoppers.get(userId);
        if (shopper === undefined) return;
        try {
          const { coupon, order } = await visit(shopper, pass);
          if (coupon !== null) finals.set(coupon.requestId, coupon);
          if (order !== null) orders.push(order);
        } catch (error) {
          failures.push(`${userId}: ${error instanceof Error ? error.message : String(error)}`);
        }
      },
      onProgress: (joined, visited) =>
        onProgress(visited, users, `people to be let in and served, ${joined} have queued`),
      ...(signal && { signal }),
    });
    const throughMs = performance.now() - since;

    const see = seeOrder(sale.visitor, answers, signal);
    const onSettled = (done: number): void => onProgress(done, orders.length, 'orders to come to their end');
    const awaited = await awaitOrders(see, orders, sockets, onSettled);
    const settledMs = performance.now() - since;
    const { settled, shelves } = await compareShelves(
      {
        seeOrder: see,
        seeShelves: () => Promise.all(products.map((product) => seeShelf(sale, product))),
        withinMs: SHELF_WITHIN_MS,
      },
      awaited,
    );
    const told = [...finals.values()].filter(({ status }) => status === 'SUCCESS').length;
    const issued = await issuedOf(sale, id, told);
    const people = crowd.visited.length;
    const faults = [
      ...judge({
        users: people,
        quantity: coupons,
        finals,
        failures: failures.slice(0, MOST_FAULTS),
        answers: [...answers.all.keys(), ...crowd.refused],
        issued,
      }),
      ...crowd.worse.map((worse) => `a place in line got worse: ${worse}`),
      ...(people + crowd.left + crowd.vanished === users ? [] : ['some people never got in']),
      ...judgeOrders(settled, shelves, epochMs()),
    ];
    let done = 0;
    const toVerify = { scheduleId: id, couponId: id, products: productIds, settled };
    const verified = await verifySale(sale, toVerify, () =>
      onProgress((done += 1), settled.length, 'orders to be verified, then stock, room and coupon'),
    );
    const passed = faults.length === 0 && verified.every(({ verdict }) => verdict === 'PASS');
    return {
      id,
      crowd,
      answers: answers.all,
      issued,
      settled,
      shelves,
      throughMs,
      settledMs,
      faults,
      verified,
      passed,
    };
  } finally {
    await sale.close();
  }
};
