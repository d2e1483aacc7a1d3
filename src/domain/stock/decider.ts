import { either as E } from 'fp-ts';
import { type ChallengePolicy } from '../challenge-policy.js';
import { type CommandFrom, type Decided, type Decider } from '../decider.js';
import { isGivenBackWith, latePaymentOf } from '../taking.js';
import { type Instant } from '../time.js';
import { createProduct, type CreateProduct, type CreateProductRejection } from './create-product.js';
import {
  type HoldExtended,
  type ProductTermsChanged,
  type StockDeducted,
  type StockEvent,
  type StockReceived,
  type StockReleased,
} from './events.js';
import { evolve } from './evolve.js';
import { type PurchaseLimits } from './purchase-limits.js';
import { type ReserveRejection, reserveStock, type ReserveStock } from './reserve-stock.js';
import { restoreStock, type RestoreStock } from './restore-stock.js';
import { type KnownStock, MOST_STOCK, type Stock, unknownStock } from './stock.js';

/** What is not named stays as it is. */
export interface ChangedProductTerms {
  readonly limits?: Partial<PurchaseLimits>;
  readonly challenge?: ChallengePolicy;
}

type ChangeTerms = ChangedProductTerms &
  CommandFrom<Omit<ProductTermsChanged, keyof ChangedProductTerms>, 'ChangeTerms'>;
type ReceiveStock = CommandFrom<StockReceived, 'ReceiveStock'>;
type ExtendHold = CommandFrom<Omit<HoldExtended, 'shared'>, 'ExtendHold'>;
type DeductStock = CommandFrom<Omit<StockDeducted, 'quantity'>, 'DeductStock'>;

interface ReleaseStock extends CommandFrom<Omit<StockReleased, 'quantity'>, 'ReleaseStock'> {
  /** What is rolled back: the hold that was taken for this, or for anything before it. */
  readonly takenBy?: string;
}

interface OfOrders<Type extends string> {
  readonly type: Type;
  readonly productId: string;
  readonly orderIds: ReadonlyArray<string>;
  readonly at: Instant;
}

type CommandOnKnown = ChangeTerms | ReceiveStock | ExtendHold | ReleaseStock | DeductStock | OfOrders<'ExpireHolds'>;

export type StockCommand = CreateProduct | ReserveStock | RestoreStock | OfOrders<'RestoreHolds'> | CommandOnKnown;

export type ChangeTermsRejection = 'PRODUCT_NOT_FOUND';
export type ReceiveRejection = 'PRODUCT_NOT_FOUND' | 'REQUEST_ID_REUSED' | 'STOCK_LIMIT_REACHED';
/** Of extending it, and of deducting it. */
export type HoldRejection = 'PRODUCT_NOT_FOUND' | 'NOT_HELD';
export type StockRejection = CreateProductRejection | ReceiveRejection | ReserveRejection | HoldRejection;

/** Its note names the delivery: the same note is received once, and with another quantity not at all. */
const receiveStock = (
  { type: _, ...delivery }: ReceiveStock,
  stock: KnownStock,
): Decided<StockEvent, ReceiveRejection> => {
  const before = stock.deliveryNotes.get(delivery.deliveryNote);
  if (before !== undefined) return before === delivery.quantity ? E.right([]) : E.left('REQUEST_ID_REUSED');
  if (stock.onHand + delivery.quantity > MOST_STOCK) return E.left('STOCK_LIMIT_REACHED');
  return E.right([{ type: 'StockReceived', ...delivery }]);
};

/** Somebody begins to pay: from now on the order ends the hold, not time. Never shortens it. */
const extendHold = ({ type: _, ...extension }: ExtendHold, stock: KnownStock): Decided<StockEvent, HoldRejection> => {
  const claim = stock.claims.get(extension.orderId);
  if (claim?.status !== 'Held') return E.left('NOT_HELD');
  if (extension.expiresAt <= claim.expiresAt && claim.endsWithOrder === true) return E.right([]);
  const expiresAt = Math.max(extension.expiresAt, claim.expiresAt);
  return E.right([{ type: 'HoldExtended', ...extension, expiresAt }]);
};

/**
 * Goods that are not held are not released; an expiry before the deadline of the hold, which may have been extended, does nothing. A
 * failed attempt rolls back what it and earlier attempts took, never what is held for a later one. A cancellation does not release a
 * hold that a late payment has taken since.
 */
const releaseStock = (
  { productId, orderId, reason, takenBy, at }: ReleaseStock,
  stock: KnownStock,
): Decided<StockEvent> => {
  const claim = stock.claims.get(orderId);
  if (claim?.status !== 'Held') return E.right([]);
  if (reason === 'ROLLED_BACK' && !isGivenBackWith(takenBy, claim.takenBy)) return E.right([]);
  if (reason === 'CANCELLED' && latePaymentOf(claim.takenBy) > 0) return E.right([]);
  if (reason === 'EXPIRED' && at < claim.expiresAt) return E.right([]);
  return E.right([{ type: 'StockReleased', productId, orderId, quantity: claim.quantity, reason, at }]);
};

/** Only what is held leaves the shelf, once an order. */
const deductStock = (
  { productId, orderId, at }: DeductStock,
  stock: KnownStock,
): Decided<StockEvent, HoldRejection> => {
  const claim = stock.claims.get(orderId);
  if (claim?.status === 'Deducted') return E.right([]);
  if (claim?.status !== 'Held') return E.left('NOT_HELD');
  return E.right([{ type: 'StockDeducted', productId, orderId, quantity: claim.quantity, at }]);
};

/**
 * Of these, the holds that have run out and that nobody has begun to pay for end in one event, before their orders do. An
 * order that is paid, or may be, keeps what it has until it ends.
 */
const expireHolds = ({ productId, orderIds, at }: OfOrders<'ExpireHolds'>, stock: KnownStock): Decided<StockEvent> => {
  const holds = [...new Set(orderIds)].flatMap((orderId) => {
    const claim = stock.claims.get(orderId);
    const isOver = claim?.status === 'Held' && claim.endsWithOrder !== true && claim.expiresAt <= at;
    return isOver ? [{ orderId, quantity: claim.quantity }] : [];
  });
  return E.right(holds.length === 0 ? [] : [{ type: 'HoldsExpired', productId, holds, at }]);
};

/**
 * Many orders that are over give back what they took when they were placed, each as if it were alone: their claims have nothing in
 * common. What was taken for a payment that came later stays: the request was told before.
 */
const restoreHolds = ({ productId, orderIds, at }: OfOrders<'RestoreHolds'>, stock: Stock): Decided<StockEvent> => {
  const events: StockEvent[] = [];
  for (const orderId of new Set(orderIds)) {
    const restored = restoreStock({ type: 'RestoreStock', productId, orderId, latePayments: 0, at }, stock);
    if (E.isRight(restored)) events.push(...restored.right);
  }
  return E.right(events);
};

const decideKnown = (command: CommandOnKnown, stock: KnownStock): Decided<StockEvent, StockRejection> => {
  switch (command.type) {
    // Counts from now on, for what users have already too; nobody loses anything.
    case 'ChangeTerms': {
      const { type: _, limits, ...change } = command;
      const merged = limits === undefined ? {} : { limits: { ...stock.limits, ...limits } };
      return E.right([{ type: 'ProductTermsChanged', ...change, ...merged }]);
    }
    case 'ReceiveStock':
      return receiveStock(command, stock);
    case 'ExtendHold':
      return extendHold(command, stock);
    case 'ReleaseStock':
      return releaseStock(command, stock);
    case 'DeductStock':
      return deductStock(command, stock);
    case 'ExpireHolds':
      return expireHolds(command, stock);
  }
};

export const stockDecider: Decider<Stock, StockCommand, StockEvent, StockRejection> = {
  initial: unknownStock,
  evolve,
  decide: (command, stock) => {
    switch (command.type) {
      case 'CreateProduct':
        return createProduct(command, stock);
      case 'ReserveStock':
        return reserveStock(command, stock);
      case 'RestoreStock':
        return restoreStock(command, stock);
      case 'RestoreHolds':
        return restoreHolds(command, stock);
      default:
        if (stock.status === 'Known') return decideKnown(command, stock);
        // What is not there holds nothing.
        return command.type === 'ReleaseStock' || command.type === 'ExpireHolds'
          ? E.right([])
          : E.left('PRODUCT_NOT_FOUND');
    }
  },
};
