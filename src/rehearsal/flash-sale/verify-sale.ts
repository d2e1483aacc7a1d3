import { setTimeout as sleep } from 'node:timers/promises';
import { type SaleClient } from '../client/sale-client.js';
import { type Verdict, verdictOf } from '../verdict.js';
import { type Settled } from './await-orders.js';

/** What `doorbuster verify` says of one thing that took part. */
export interface Verified extends Verdict {
  readonly what: 'schedule' | 'coupon' | 'order-stock' | 'orders';
  readonly id: string;
}

export interface ToVerify {
  readonly scheduleId: string;
  readonly couponId: string;
  readonly products: ReadonlyArray<string>;
  readonly settled: ReadonlyArray<Settled>;
}

/** What an order entails is carried out behind it: it may take a moment. */
const IN_LINE_WITHIN_MS = 15_000;
const LOOK_MS = 100;
const LANES = 8;
const MOST_REASONS = 20;

const inTheEnd = async (verify: () => Promise<Verdict>): Promise<Verdict> => {
  const deadline = performance.now() + IN_LINE_WITHIN_MS;
  for (;;) {
    const found = await verify();
    if (found.verdict !== 'FAIL' || performance.now() > deadline) return found;
    await sleep(LOOK_MS);
  }
};

/** Reads all verdicts: of the room, the coupon, each product, and each order; those of orders become one. */
export const verifySale = async (
  client: SaleClient,
  { scheduleId, couponId, products, settled }: ToVerify,
  onVerified: () => void,
): Promise<ReadonlyArray<Verified>> => {
  const bad: Array<Verdict & { readonly orderId: string }> = [];
  const queue = settled.values();
  const lane = async (): Promise<void> => {
    for (const { order } of queue) {
      const { orderId } = order.shopper;
      const found = await inTheEnd(() => verdictOf(client, 'orders', orderId));
      if (found.verdict !== 'PASS') bad.push({ ...found, orderId });
      onVerified();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const stock: Verified[] = [];
  for (const id of products)
    stock.push({ what: 'order-stock', id, ...(await inTheEnd(() => verdictOf(client, 'products', id))) });
  return [
    { what: 'schedule', id: scheduleId, ...(await verdictOf(client, 'schedules', scheduleId)) },
    { what: 'coupon', id: couponId, ...(await verdictOf(client, 'coupons', couponId)) },
    ...stock,
    {
      what: 'orders',
      id: `${settled.length} of them`,
      verdict: bad.find(({ verdict }) => verdict === 'FAIL')?.verdict ?? bad[0]?.verdict ?? 'PASS',
      reasons: bad.slice(0, MOST_REASONS).map(({ orderId, reasons }) => `${orderId}: ${reasons.join('; ')}`),
    },
  ];
};
