import { setTimeout as sleep } from 'node:timers/promises';
import { type SaleClient } from '../client/sale-client.js';
import { type WaitingClient } from '../client/waiting-client.js';
import { type ShopClient } from '../client/shop-client.js';
import { epochMs } from '../clock.js';

export interface Stage {
  readonly room: WaitingClient;
  readonly sale: SaleClient;
  readonly shop: ShopClient;
}

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
export const setUp = async (
  { room, sale, shop }: Stage,
  { id, activeLimit, coupons, products }: Setting,
): Promise<void> => {
  await room.configure(id, activeLimit, ACTIVE_SECONDS);
  await sale.schedule(id, epochMs() + OPENS_IN_MS, id);
  await sale.create(coupons, id, id);
  for (const { productId, stock } of products) {
    const product = { productId, name: 'Rehearsal', price: PRICE, stock, eventId: id };
    const { status, code } = await shop.post('/api/products', product, { as: 'operator' });
    if (status !== 201) throw new Error(`Creating a product: the server answered ${status} ${code}`);
  }
  const deadline = performance.now() + OPEN_WITHIN_MS;
  while ((await sale.openedAt(id)) === null || (await sale.coupon(id)).status !== 'OPEN') {
    if (performance.now() > deadline) throw new Error('The event of the rehearsal does not open');
    await sleep(20);
  }
};
