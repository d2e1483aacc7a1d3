import { List, Map } from 'immutable';
import { latePaymentOf } from '../taking.js';
import { type Instant } from '../time.js';
import { type HoldsExpired, type ProductCreated, type StockEvent } from './events.js';
import { type Buyer, newBuyer } from './purchase-limits.js';
import { isClosedAfter } from './sold-out.js';
import { type Claim, type EndedClaim, type Ending, type KnownStock, type Stock } from './stock.js';

const created = (event: ProductCreated): KnownStock => {
  const { productId, price, eventId, stock: onHand, policy, limits } = event;
  const shelf = { onHand, held: 0, policy, isClosed: false };
  const claims = { claims: Map<string, Claim>(), ended: List<Ending>(), buyers: Map<string, Buyer>() };
  const deliveryNotes = Map<string, number>();
  return { status: 'Known', productId, price, eventId, ...shelf, ...claims, deliveryNotes, limits };
};

const isOver = ({ bought, held, lastExpiredAt }: Buyer): boolean => bought + held === 0 && lastExpiredAt === null;

/** What a buyer has after their claim changed. */
const withBuyer = (
  { buyers }: KnownStock,
  userId: string | null,
  change: (buyer: Buyer) => Buyer,
): Pick<KnownStock, 'buyers'> => {
  if (userId === null) return { buyers };
  const next = change(buyers.get(userId) ?? newBuyer);
  return { buyers: isOver(next) ? buyers.delete(userId) : buyers.set(userId, next) };
};

/** `expiredAt`: null where the hold did not run out. */
const released =
  (quantity: number, expiredAt: Instant | null) =>
  (buyer: Buyer): Buyer => ({
    ...buyer,
    held: buyer.held - quantity,
    openHolds: buyer.openHolds - 1,
    lastExpiredAt: expiredAt ?? buyer.lastExpiredAt,
  });

const expired = (stock: KnownStock, { holds, at }: HoldsExpired): KnownStock => {
  const claims = stock.claims.asMutable();
  const ended = stock.ended.asMutable();
  const buyers = stock.buyers.asMutable();
  let { held } = stock;
  for (const { orderId, quantity } of holds) {
    const before = claims.get(orderId);
    const userId = before?.userId ?? null;
    const takenBy = before?.takenBy ?? null;
    held -= quantity;
    claims.set(orderId, { status: 'Released', quantity, userId, takenBy, endedAt: at });
    ended.push({ orderId, endedAt: at });
    if (userId !== null) buyers.set(userId, released(quantity, at)(buyers.get(userId) ?? newBuyer));
  }
  return {
    ...stock,
    held,
    claims: claims.asImmutable(),
    ended: ended.asImmutable(),
    buyers: buyers.asImmutable(),
  };
};

const counted = (stock: KnownStock, event: Exclude<StockEvent, ProductCreated>): KnownStock => {
  if (event.type === 'HoldsExpired') return expired(stock, event);
  if (event.type === 'ProductTermsChanged') return { ...stock, limits: event.limits ?? stock.limits };
  if (event.type === 'StockReceived')
    return {
      ...stock,
      onHand: stock.onHand + event.quantity,
      deliveryNotes: stock.deliveryNotes.set(event.deliveryNote, event.quantity),
    };
  const { orderId, at } = event;
  const before = stock.claims.get(orderId);
  const userId = before?.userId ?? null;
  const takenBy = before?.takenBy ?? null;
  const claim = (next: Claim) => stock.claims.set(orderId, next);
  const end = (status: EndedClaim['status'], quantity: number, why: Pick<EndedClaim, 'calledOff'> = {}) => ({
    claims: claim({ status, quantity, userId, takenBy, endedAt: at, ...why }),
    ended: stock.ended.push({ orderId, endedAt: at }),
  });
  switch (event.type) {
    case 'StockReserved': {
      const { quantity, expiresAt, takenBy = null, userId: by = null } = event;
      return {
        ...stock,
        held: stock.held + quantity,
        claims: claim({
          ...{ status: 'Held', quantity, expiresAt, takenBy, takenAt: at, userId: by },
          ...((takenBy === null || latePaymentOf(takenBy) > 0) && { endsWithOrder: true }),
        }),
        ...withBuyer(stock, by, (buyer) => ({
          ...buyer,
          held: buyer.held + quantity,
          openHolds: buyer.openHolds + 1,
        })),
      };
    }
    case 'HoldExtended': {
      const held = stock.claims.get(orderId);
      if (held?.status !== 'Held') return stock;
      const { expiresAt } = event;
      const now = event.shared === true ? { takenBy: null } : ({ endsWithOrder: true } as const);
      return { ...stock, claims: claim({ ...held, expiresAt, ...now }) };
    }
    case 'StockReleased': {
      const { quantity, reason } = event;
      const { claims, ended } = end('Released', quantity, { ...(reason === 'CANCELLED' && { calledOff: true }) });
      const { buyers } = withBuyer(stock, userId, released(quantity, reason === 'EXPIRED' ? at : null));
      return { ...stock, held: stock.held - quantity, claims, ended, buyers };
    }
    case 'StockDeducted':
      return {
        ...stock,
        onHand: stock.onHand - event.quantity,
        held: stock.held - event.quantity,
        claims: claim({ status: 'Deducted', quantity: event.quantity, takenBy, userId }),
        ...withBuyer(stock, userId, (buyer) => ({
          ...buyer,
          bought: buyer.bought + event.quantity,
          held: buyer.held - event.quantity,
          openHolds: buyer.openHolds - 1,
        })),
      };
    case 'StockRestored':
      return {
        ...stock,
        onHand: stock.onHand + event.quantity,
        ...end('Restored', event.quantity),
        ...withBuyer(stock, userId, (buyer) => ({ ...buyer, bought: buyer.bought - event.quantity })),
      };
  }
};

/** Longer than the log keeps a request: nothing repeated comes later. */
const ENDED_KEPT_MS = 8 * 86_400_000;
/** Old claims forgotten for each claim that an event ends: more than one, so that none stay; few, so that every event is fast. */
const FORGOTTEN_FOR_EACH = 4;

const endedBy = (event: StockEvent): number => (event.type === 'HoldsExpired' ? event.holds.length : 1);

/** Without the claims that ended long ago: what is remembered of a product does not grow with every order there ever was. */
const forgetful = (stock: KnownStock, event: StockEvent): KnownStock => {
  const most = FORGOTTEN_FOR_EACH * endedBy(event);
  let { claims, ended, buyers } = stock;
  for (let count = 0; count < most; count += 1) {
    const oldest = ended.first();
    if (oldest === undefined || event.at - oldest.endedAt < ENDED_KEPT_MS) break;
    ended = ended.shift();
    const claim = claims.get(oldest.orderId);
    // One that was taken again meanwhile has ended later, or not at all.
    if (claim === undefined || !('endedAt' in claim) || claim.endedAt !== oldest.endedAt) continue;
    claims = claims.delete(oldest.orderId);
    if (claim.userId === null || buyers.get(claim.userId)?.lastExpiredAt !== claim.endedAt) continue;
    ({ buyers } = withBuyer({ ...stock, buyers }, claim.userId, (buyer) => ({ ...buyer, lastExpiredAt: null })));
  }
  return ended === stock.ended ? stock : { ...stock, claims, ended, buyers };
};

/** What a product is after an event of it. */
export const evolve = (stock: Stock, event: StockEvent): Stock => {
  if (event.type === 'ProductCreated') return created(event);
  if (stock.status === 'Unknown') return stock;
  const next = forgetful(counted(stock, event), event);
  const isClosed = isClosedAfter(next, event);
  return isClosed === next.isClosed ? next : { ...next, isClosed };
};
