import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal, type Settled, type SeeOrder } from './await-orders.js';
import { agrees, type Shelf } from './judge-orders.js';

export interface Compared {
  readonly settled: ReadonlyArray<Settled>;
  readonly shelves: ReadonlyArray<Shelf>;
}

export interface ComparePorts {
  readonly seeOrder: SeeOrder;
  /** Of all products, in their order. */
  readonly seeShelves: () => Promise<ReadonlyArray<Shelf>>;
  readonly withinMs: number;
}

const LOOK_MS = 100;

/**
 * Looks at the shelves, and again at the orders that may still change, until both say the same or the time is over: an
 * order that waits for its payment may come to its end at any moment, and what stands on the shelf follows it.
 */
export const compareShelves = async (
  { seeOrder, seeShelves, withinMs }: ComparePorts,
  orders: ReadonlyArray<Settled>,
): Promise<Compared> => {
  const deadline = performance.now() + withinMs;
  for (let settled = orders; ;) {
    const shelves = await seeShelves();
    const isSettled = shelves.every((shelf, product) => agrees(settled, shelf, product));
    if (isSettled || performance.now() > deadline) return { settled, shelves };
    await sleep(LOOK_MS);
    settled = await Promise.all(
      settled.map(async (one) =>
        isFinal(one.status) ? one : { ...one, status: await seeOrder(one.order.shopper.orderId) },
      ),
    );
  }
};
