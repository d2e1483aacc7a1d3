import { evolve, isPlaced, type Order, unknownOrder } from '../../../domain/order/order.js';
import { type KnownStock } from '../../../domain/stock/stock.js';
import { isOrderEvent, orderStream } from '../order/order-aggregate.js';
import { orAway } from '../../kernel/audit/away.js';
import { type EventStore } from '../../ports/event-store.js';
import { SETTLED_AFTER_MS } from './order-facts.js';

/** What is wrong between a product's claims and the orders they are of, by order id. */
export interface HoldsAudited {
  /** Held for an order that does not stand, or is over. */
  readonly orphans: ReadonlyArray<string>;
  /** Placed, and not over, but its goods were given back. */
  readonly broken: ReadonlyArray<string>;
  /** Deducted for an order that is not paid. */
  readonly unpaid: ReadonlyArray<string>;
}

const BOUGHT = new Set(['PAID', 'CONFIRMED', 'SHIPPED', 'DELIVERED']);
/** More than ever happens to one order. */
const MOST_EVENTS = 1_000;

const isWaiting = ({ status }: Order): boolean => status === 'CREATED' || status === 'PENDING_PAYMENT';

/** Looks up the orders after the claims were read: an order ends before its goods are given back. For `unlessAway`. */
export const auditHolds =
  (eventStore: Pick<EventStore, 'readStream'>) =>
  async ({ productId, claims }: KnownStock, now: number): Promise<HoldsAudited> => {
    const orphans: string[] = [];
    const broken: string[] = [];
    const unpaid: string[] = [];
    for (const [orderId, claim] of claims) {
      if (claim.status === 'Restored') continue;
      const events = await orAway(eventStore.readStream(orderStream(orderId), 0, MOST_EVENTS));
      const order = events.reduce<Order>(
        (before, { event }) => (isOrderEvent(event) ? evolve(before, event) : before),
        unknownOrder,
      );
      const isAlive = isWaiting(order) || order.status === 'PAID';
      switch (claim.status) {
        case 'Held': {
          const since = events.at(-1)?.recordedAt ?? claim.takenAt;
          if (!isAlive && (claim.expiresAt < now || since + SETTLED_AFTER_MS <= now)) orphans.push(orderId);
          break;
        }
        case 'Deducted':
          if (!BOUGHT.has(order.status)) unpaid.push(orderId);
          break;
        case 'Released': {
          const isOfIt = isPlaced(order) && order.placed.lines.some((line) => line.productId === productId);
          if (isWaiting(order) && isOfIt) broken.push(orderId);
        }
      }
    }
    return { orphans, broken, unpaid };
  };
