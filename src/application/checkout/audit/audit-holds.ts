import { array as A } from 'fp-ts';
import { evolve, isPlaced, type Order, unknownOrder } from '../../../domain/order/order.js';
import { type Claim, type KnownStock } from '../../../domain/stock/stock.js';
import { isOrderEvent, orderStream } from '../aggregates/order-aggregate.js';
import { orAway } from '../../kernel/audit/away.js';
import { type EventStore } from '../../ports/event-store.js';
import { SETTLED_AFTER_MS } from './order-facts.js';

/** What is wrong between a product's claims and the orders they are of, by order id. */
export interface HoldsAudited {
  /** Held for an order that does not stand, or is over. */
  readonly orphans: ReadonlyArray<string>;
  /** Held for an order that is still being placed long after it should have been placed or refused. */
  readonly unfinished: ReadonlyArray<string>;
  /** Placed, and not over, but its goods were given back before their time was over, or after they were bought. */
  readonly broken: ReadonlyArray<string>;
  /** Deducted for an order that is not paid. */
  readonly unpaid: ReadonlyArray<string>;
}

/** Not one that is only paid: it may still be looking for its goods. */
const HAS_ITS_GOODS = new Set(['CONFIRMED', 'SHIPPED', 'DELIVERED']);
const BOUGHT = new Set(['PAID', 'CONFIRMED', 'SHIPPED', 'DELIVERED']);
/** More than ever happens to one order. */
const MOST_EVENTS = 1_000;
/** Orders read side by side. */
const AT_ONCE = 50;

const isWaiting = ({ status }: Order): boolean => status === 'CREATED' || status === 'PENDING_PAYMENT';

type Complaint = keyof HoldsAudited | null;

/**
 * Reads the orders after the claims: where goods were given back before their time was over, the order had ended by then.
 * Several at a time, because a product of a big sale has very many claims. For `unlessAway`.
 */
export const auditHolds =
  (eventStore: Pick<EventStore, 'readStream'>) =>
  async ({ productId, claims }: KnownStock, now: number): Promise<HoldsAudited> => {
    const complaintOf = async (orderId: string, claim: Claim): Promise<Complaint> => {
      const events = await orAway(eventStore.readStream(orderStream(orderId), 0, MOST_EVENTS));
      const order = events.reduce<Order>(
        (before, { event }) => (isOrderEvent(event) ? evolve(before, event) : before),
        unknownOrder,
      );
      const isSettled = (since: number): boolean => since + SETTLED_AFTER_MS <= now;
      const changedAt = events.at(-1)?.recordedAt;
      switch (claim.status) {
        case 'Held': {
          if (isWaiting(order) || order.status === 'PAID') return null;
          const since = changedAt ?? claim.takenAt;
          if (order.status === 'PLACING') return isSettled(since) ? 'unfinished' : null;
          return claim.expiresAt < now || isSettled(since) ? 'orphans' : null;
        }
        case 'Deducted':
          return BOUGHT.has(order.status) ? null : 'unpaid';
        case 'Released':
        case 'Restored': {
          if (!isPlaced(order) || !order.placed.lines.some((line) => line.productId === productId)) return null;
          // What nobody has begun to pay for is given back when its time is over; the order ends a little later.
          const isTooEarly = isWaiting(order) && claim.endedAt < order.placed.holdExpiresAt;
          // One that was bought after the claims were read had none of it then.
          const isSoldTwice = HAS_ITS_GOODS.has(order.status) && isSettled(changedAt ?? now);
          return isTooEarly || isSoldTwice ? 'broken' : null;
        }
      }
    };

    const audited: Record<keyof HoldsAudited, string[]> = {
      orphans: [],
      unfinished: [],
      broken: [],
      unpaid: [],
    };
    for (const some of A.chunksOf(AT_ONCE)([...claims])) {
      const complaints = await Promise.all(
        some.map(async ([orderId, claim]) => ({ orderId, complaint: await complaintOf(orderId, claim) })),
      );
      for (const { orderId, complaint } of complaints) if (complaint !== null) audited[complaint].push(orderId);
    }
    return audited;
  };
