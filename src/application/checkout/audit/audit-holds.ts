import { array as A } from 'fp-ts';
import { evolve, isPlaced, type Order, unknownOrder } from '../../../domain/order/order.js';
import { type Claim, type KnownStock } from '../../../domain/stock/stock.js';
import { isOrderEvent, orderStream } from '../aggregates/order-aggregate.js';
import { replayStream } from '../../kernel/audit/replay.js';
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
const BOUGHT = new Set(['PAID', ...HAS_ITS_GOODS]);
/** Orders read side by side. */
const AT_ONCE = 50;

const isWaiting = ({ status }: Order): boolean => status === 'CREATED' || status === 'PENDING_PAYMENT';

type Complaint = keyof HoldsAudited | null;

const complaintOf = (productId: string, claim: Claim, order: Order): Complaint => {
  switch (claim.status) {
    case 'Held':
      if (isWaiting(order) || order.status === 'PAID') return null;
      return order.status === 'PLACING' ? 'unfinished' : 'orphans';
    case 'Deducted':
      return BOUGHT.has(order.status) ? null : 'unpaid';
    case 'Released':
    case 'Restored': {
      if (!isPlaced(order) || !order.placed.lines.some((line) => line.productId === productId)) return null;
      // What nobody has begun to pay for is given back when its time is over; the order ends a little later.
      const isTooEarly = isWaiting(order) && claim.endedAt < order.placed.holdExpiresAt;
      return isTooEarly || HAS_ITS_GOODS.has(order.status) ? 'broken' : null;
    }
  }
};

/**
 * Reads the orders after the claims: where goods were given back before their time was over, the order had ended by then. An order, or
 * a hold, that has changed within the last minute is left to settle: the other may be about to follow, or was read before it did.
 * Several at a time, because a product of a big sale has very many claims. For `unlessAway`.
 */
export const auditHolds =
  (eventStore: Pick<EventStore, 'readStream'>) =>
  async ({ productId, claims }: KnownStock, now: number): Promise<HoldsAudited> => {
    const audited: Record<keyof HoldsAudited, string[]> = {
      orphans: [],
      unfinished: [],
      broken: [],
      unpaid: [],
    };
    const audit = async (orderId: string, claim: Claim): Promise<void> => {
      let order: Order = unknownOrder;
      let changedAt = claim.status === 'Held' ? claim.takenAt : 0;
      await replayStream(eventStore)(orderStream(orderId), isOrderEvent, ({ event, recordedAt }) => {
        order = evolve(order, event);
        changedAt = Math.max(changedAt, recordedAt);
      });
      const complaint = complaintOf(productId, claim, order);
      if (complaint !== null && changedAt + SETTLED_AFTER_MS <= now) audited[complaint].push(orderId);
    };
    for (const some of A.chunksOf(AT_ONCE)([...claims]))
      await Promise.all(some.map(([orderId, claim]) => audit(orderId, claim)));
    return audited;
  };
