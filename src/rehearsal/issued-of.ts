import { setTimeout as sleep } from 'node:timers/promises';
import { type SaleClient } from './client/sale-client.js';

const COUNT_WITHIN_MS = 5_000;

/** The coupon's own count follows the answers: waits until both say the same, or a while is over. */
export const issuedOf = async (client: SaleClient, couponId: string, told: number): Promise<number> => {
  const deadline = performance.now() + COUNT_WITHIN_MS;
  for (;;) {
    const { issued } = await client.coupon(couponId);
    if (issued === told || performance.now() > deadline) return issued;
    await sleep(10);
  }
};
