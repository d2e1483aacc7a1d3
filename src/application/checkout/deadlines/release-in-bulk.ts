import { type InBulk } from '../../kernel/process/deadlines/in-bulk.js';
import { type AskStock } from '../stock/ask-stock.js';
import { ORDER_EXPIRY, productsHeld } from './order-deadlines.js';

/**
 * Where very many orders run out at once, others can have their goods within seconds: what nobody has begun to pay for is
 * released. To end each order takes longer.
 */
const releaseGoods =
  (stock: Pick<AskStock, 'tell'>): InBulk =>
  async (deadlines) => {
    const orders = new Map<string, string[]>();
    for (const deadline of deadlines)
      for (const productId of productsHeld(deadline))
        orders.set(productId, [...(orders.get(productId) ?? []), deadline.ref['orderId'] ?? '']);
    const correlationId = deadlines[0]?.correlationId ?? deadlines[0]?.id ?? '';
    // What is not told now is told again, or is released when its order ends.
    await Promise.all(
      [...orders].map(([productId, orderIds]) =>
        stock.tell({ eventType: 'STOCK_EXPIRE_HOLDS', productId, orderIds }, correlationId)(),
      ),
    );
  };

export const orderDeadlinesInBulk = (stock: Pick<AskStock, 'tell'>): Readonly<Record<string, InBulk>> => ({
  [ORDER_EXPIRY]: releaseGoods(stock),
});
