import { evolve, type Stock, unknownStock } from '../../../domain/stock/stock.js';
import { type Clock } from '../../ports/clock.js';
import { type EventStore } from '../../ports/event-store.js';
import { auditHolds } from '../../checkout/sagas/audit-holds.js';
import { isStockEvent, stockStream } from '../../checkout/stock/stock-aggregate.js';
import { type Finding } from '../../kernel/audit/finding.js';
import { orGone } from './gone.js';

const PAGE = 1_000;

/** Goods held for no order, and orders that stand without the goods they were promised. From the events. Throws `Gone`. */
export const reconcileHolds =
  ({ eventStore, clock }: { readonly eventStore: Pick<EventStore, 'readStream'>; readonly clock: Clock }) =>
  async (productId: string): Promise<ReadonlyArray<Finding>> => {
    let stock: Stock = unknownStock;
    for (let from = 0; ;) {
      const page = await orGone(eventStore.readStream(stockStream(productId), from, PAGE));
      for (const { event } of page) if (isStockEvent(event)) stock = evolve(stock, event);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      from = last.revision + 1;
    }
    if (stock.status === 'Unknown') return [];
    const { orphans, broken } = await orGone(auditHolds(eventStore)(stock, clock.now()));
    return [
      ...orphans.map((orderId): Finding => ({
        kind: 'LEAKED_RESERVATION',
        subject: orderId,
        detail: `${productId} is held for order ${orderId}, which does not stand`,
        remedy: { action: 'RELEASE_HOLD', productId, orderId },
      })),
      ...broken.map((orderId): Finding => ({
        kind: 'BROKEN_PROMISE',
        subject: orderId,
        detail: `order ${orderId} stands, and its ${productId} was given back`,
        remedy: { action: 'NONE' },
      })),
    ];
  };
