import { either as E } from 'fp-ts';
import { type OrderTerms } from '../../../domain/order/events.js';
import { isPlaced, type Order } from '../../../domain/order/order.js';
import { takenFor } from '../../../domain/order/taken-for.js';
import { purchaseLimitReached } from '../../../domain/stock/purchase-limits.js';
import { forLatePayment } from '../../../domain/taking.js';
import { yieldToEventLoop } from '../../kernel/yield-to-event-loop.js';
import { type Clock } from '../../ports/clock.js';
import { type AskStock, type AskStockError, type NotReserved } from '../stock/ask-stock.js';
import { type Carried, waits, withGoods } from './run.js';

export interface GoodsPorts {
  readonly stock: AskStock;
  readonly clock: Clock;
}

/** A hold taken again for goods that are paid: it only has to last until they are deducted. */
const AGAIN_MS = 60_000;

const refusedBecause = (error: AskStockError<NotReserved>, isNew: boolean): string | null => {
  switch (error.code) {
    case 'REJECTED':
      return typeof error.rejection === 'string' ? error.rejection : purchaseLimitReached(error.rejection);
    case 'UNPROCESSABLE':
      return error.code;
    // The writer was not asked. An order that is not placed yet may be refused for that reason.
    case 'OVERLOADED':
    case 'UNAVAILABLE':
      return isNew ? error.code : null;
    case 'OUTCOME_UNKNOWN':
      return null;
  }
};

type Told = E.Either<'OVERLOADED' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN', void>;

interface Together {
  readonly orderIds: Set<string>;
  readonly told: Promise<Told>;
}

/**
 * Releases one product of orders that are over, as they took it when they were placed: one request for all that ask in the same
 * turn, because thousands may expire at once.
 */
const restoreTogether = (stock: Pick<AskStock, 'tell'>) => {
  const open = new Map<string, Together>();
  return (productId: string, orderId: string, correlationId: string): Promise<Told> => {
    const known = open.get(productId);
    if (known !== undefined) {
      known.orderIds.add(orderId);
      return known.told;
    }
    const orderIds = new Set([orderId]);
    const told = yieldToEventLoop().then(() => {
      open.delete(productId);
      return stock.tell({ eventType: 'STOCK_RESTORE_HOLDS', productId, orderIds: [...orderIds] }, correlationId)();
    });
    open.set(productId, { orderIds, told });
    return told;
  };
};

/** The writer of each product decides; the same request again gets the same answer. */
export const goodsActions = ({ stock, clock }: GoodsPorts) => {
  const restore = restoreTogether(stock);
  /** Only what the order had until now: another attempt, or another payment that comes late, may take it meanwhile. */
  const tellToGiveBack = async (
    order: Order,
    claim: { readonly productId: string; readonly orderId: string },
    correlationId: string,
  ): Promise<Told> => {
    const rollBack = { eventType: 'STOCK_RELEASE', ...claim, reason: 'ROLLED_BACK' } as const;
    if (!isPlaced(order)) return stock.tell({ ...rollBack, ...takenFor(order) }, correlationId)();
    const { latePayments, status } = order;
    if (latePayments === 0) return restore(claim.productId, claim.orderId, correlationId);
    // Nothing takes it again, whatever it was taken for.
    if (status !== 'EXPIRED') return stock.tell({ eventType: 'STOCK_RESTORE', ...claim }, correlationId)();
    const told = await restore(claim.productId, claim.orderId, correlationId);
    if (E.isLeft(told)) return told;
    return stock.tell({ ...rollBack, takenBy: forLatePayment(latePayments) }, correlationId)();
  };
  return {
    reserve: async (
      { orderId, userId, holdExpiresAt }: OrderTerms,
      {
        productId,
        quantity,
        again,
      }: { readonly productId: string; readonly quantity: number; readonly again: boolean },
      order: Order,
      correlationId: string,
    ): Carried => {
      const expiresAt = again ? clock.now() + AGAIN_MS : holdExpiresAt;
      const line = { productId, orderId, userId, quantity, expiresAt, again, ...takenFor(order) };
      const reserved = await stock.reserve(line, correlationId)();
      if (E.isRight(reserved)) return E.right(withGoods(productId, 'Taken'));
      const reason = refusedBecause(reserved.left, !isPlaced(order));
      return reason === null
        ? waits('RESERVE_STOCK', reserved.left.code)
        : E.right(withGoods(productId, 'Refused', reason));
    },
    deduct: async ({ orderId }: OrderTerms, productId: string, correlationId: string): Carried => {
      const deducted = await stock.deduct({ productId, orderId }, correlationId)();
      if (E.isRight(deducted)) return E.right(withGoods(productId, 'Kept'));
      const { left } = deducted;
      if (left.code === 'UNPROCESSABLE') return E.right(withGoods(productId, 'Refused', left.code));
      if (left.code !== 'REJECTED') return waits('DEDUCT_STOCK', left.code);
      return E.right(
        left.rejection === 'NOT_HELD' ? withGoods(productId, 'Lost') : withGoods(productId, 'Refused', left.rejection),
      );
    },
    /** Durably asked, not waited for. */
    giveBack: async ({ orderId }: OrderTerms, productId: string, order: Order, correlationId: string): Carried => {
      const told = await tellToGiveBack(order, { productId, orderId }, correlationId);
      return E.isLeft(told) ? waits('RESTORE_STOCK', told.left) : E.right(withGoods(productId, 'GivenBack'));
    },
  };
};
