import { z } from 'zod';
import { eventsOf } from '../../../kernel/writer/events-of.js';
import { type View } from '../../../kernel/projection/view.js';
import { type StockEvent } from '../../../../domain/stock/events.js';
import { STOCK_STREAMS } from '../stock-aggregate.js';

const delivery = z.object({
  productId: z.string(),
  deliveryNote: z.string(),
  quantity: z.number(),
  /** Of the product's stream: where it was received. */
  revision: z.number(),
});

/** A delivery that was received. */
export type StockDelivery = z.infer<typeof delivery>;

export const stockDeliveryId = (productId: string, deliveryNote: string): string => `${productId}/${deliveryNote}`;

const isReceived = eventsOf<Extract<StockEvent, { readonly type: 'StockReceived' }>>({ StockReceived: true });

/** By product and delivery note: the first of a note is the one that counts. */
export const stockDeliveriesView: View<StockDelivery> = {
  name: 'stock-deliveries',
  version: 1,
  schema: delivery,
  streamPrefixes: [STOCK_STREAMS],
  documentIds: ({ event }) => (isReceived(event) ? [stockDeliveryId(event.productId, event.deliveryNote)] : []),
  creates: () => true,
  fold: (known, { event, revision }) => {
    if (known !== null || !isReceived(event)) return known;
    const { productId, deliveryNote, quantity } = event;
    return { productId, deliveryNote, quantity, revision };
  },
  entries: () => [],
};
