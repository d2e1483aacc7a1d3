import { z } from 'zod';
import { type Answers } from './answers.js';
import { type ShopClient } from '../client/shop-client.js';

const seen = z.object({ status: z.string() });

/** What an order says that it is; UNKNOWN where it cannot be read, which is counted among the answers. */
export type SeeOrder = (orderId: string) => Promise<string>;

export const seeOrder =
  (shop: Pick<ShopClient, 'get'>, answers: Pick<Answers, 'measured'>): SeeOrder =>
  async (orderId) => {
    const answer = await answers.measured(
      () => shop.get(`/api/orders/${orderId}`),
      ({ status: http, code }) => (http === 200 ? 'order read 200' : `order read ${http} ${code}`),
    );
    return seen.safeParse(answer.status === 200 ? answer.body : null).data?.status ?? 'UNKNOWN';
  };
