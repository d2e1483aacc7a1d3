import { setTimeout as sleep } from 'node:timers/promises';
import { answerOf } from '../../../packages/client/src/index.js';
import { type SaleClient } from '../client/sale-client.js';
import { epochMs } from '../clock.js';

export interface Setting {
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
export const setUp = async (sale: SaleClient, { id, activeLimit, coupons, products }: Setting): Promise<void> => {
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
