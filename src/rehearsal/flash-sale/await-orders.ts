import { setTimeout as sleep } from 'node:timers/promises';
import { type Placed } from './go-shopping.js';
import { epochMs } from '../clock.js';
import { type Client } from '../../../packages/client/src/index.js';
import { type Answers, named } from './answers.js';

/** What an order says that it is; UNKNOWN where it cannot be read, which is counted among the answers. Rejects once all is given up. */
export type SeeOrder = (orderId: string) => Promise<string>;

export const seeOrder =
  ({ orders }: Client, answers: Pick<Answers, 'measured'>, signal?: AbortSignal): SeeOrder =>
  async (orderId) => {
    const answer = await answers.measured(
      () => orders.get(orderId),
      (answer) => (answer.ok ? `order read ${answer.status}` : named('order read')(answer)),
    );
    signal?.throwIfAborted();
    return answer.ok ? answer.value.status : 'UNKNOWN';
  };

export interface Settled {
  readonly order: Placed;
  readonly status: string;
}

const FINAL: ReadonlySet<string> = new Set(['CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'FAILED', 'EXPIRED']);

/** Who waits for payment may do so while the goods are held; longer than this nobody waits for it here. */
const LONGEST_HOLD_MS = 60_000;
const AFTER_THE_HOLD_MS = 30_000;
const LOOK_MS = 100;

export const isFinal = (status: string): boolean => FINAL.has(status);

export const isWaiting = (status: string): boolean => status === 'CREATED' || status === 'PENDING_PAYMENT';

/** Whether an order may still wait for its payment at the end: its goods are held for much longer. */
export const mayWait = ({ holdExpiresAt }: Placed, now: number): boolean => holdExpiresAt > now + LONGEST_HOLD_MS;

/** Sees every order through to its end: until it is final, or nobody has to wait for it, or the time is over. */
export const awaitOrders = async (
  seeOrder: SeeOrder,
  orders: ReadonlyArray<Placed>,
  lanes: number,
  onSettled: (settled: number) => void,
): Promise<ReadonlyArray<Settled>> => {
  const settled: Settled[] = [];
  const queue = orders.values();
  const see = async (order: Placed): Promise<Settled> => {
    const until = Math.max(order.holdExpiresAt, epochMs()) + AFTER_THE_HOLD_MS;
    for (;;) {
      // Who was given an order and is told there is none asks again; that it was told is a fault of its own.
      const status = await seeOrder(order.shopper.orderId);
      const now = epochMs();
      if (isFinal(status) || now > until || (isWaiting(status) && mayWait(order, now))) return { order, status };
      await sleep(LOOK_MS);
    }
  };
  const lane = async (): Promise<void> => {
    for (const order of queue) onSettled(settled.push(await see(order)));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return settled;
};
