import { type Instant } from '../time.js';

/** How much of a product one user may have. Null: no limit. */
export interface PurchaseLimits {
  /** Units over all orders of a user that stand: held or bought, not given back. */
  readonly maxPerUser: number | null;
  /** Orders of a user that hold units and are not paid. */
  readonly maxOpenHolds: number | null;
  /** How long a user must wait after a hold expired before ordering again. */
  readonly pauseAfterExpirySeconds: number | null;
}

/** Of products that were created before there were limits, too. */
export const noLimits: PurchaseLimits = { maxPerUser: null, maxOpenHolds: null, pauseAfterExpirySeconds: null };

/** What one user has of a product. */
export interface Buyer {
  /** Units. */
  readonly bought: number;
  /** Units. */
  readonly held: number;
  readonly openHolds: number;
  /** When a hold of theirs ran out last. */
  readonly lastExpiredAt: Instant | null;
}

export const newBuyer: Buyer = { bought: 0, held: 0, openHolds: 0, lastExpiredAt: null };

export type LimitReason = 'MAX_PER_USER' | 'MAX_OPEN_HOLDS' | 'PAUSE_AFTER_EXPIRY';

/** Which limit a user reached. `limit` is in the unit of its reason: units, orders, seconds. */
export interface ReachedLimit {
  readonly reason: LimitReason;
  readonly limit: number;
  readonly bought: number;
  readonly held: number;
  /** When it may be tried again, where time alone helps. */
  readonly until: Instant | null;
}

/** A rejection that carries its figures, so that the caller need not read a state that may have changed since. */
export type PurchaseLimitReached = `PURCHASE_LIMIT ${LimitReason} ${number} ${number} ${number} ${number}`;

export const purchaseLimitReached = ({ reason, limit, bought, held, until }: ReachedLimit): PurchaseLimitReached =>
  `PURCHASE_LIMIT ${reason} ${limit} ${bought} ${held} ${until ?? 0}`;

const reasons: Readonly<Record<string, LimitReason>> = {
  MAX_PER_USER: 'MAX_PER_USER',
  MAX_OPEN_HOLDS: 'MAX_OPEN_HOLDS',
  PAUSE_AFTER_EXPIRY: 'PAUSE_AFTER_EXPIRY',
};

/** The figures of a rejection; null when it is another one. */
export const readPurchaseLimit = (rejection: string): ReachedLimit | null => {
  const [, name = '', ...figures] = /^PURCHASE_LIMIT (\w+) (\d+) (\d+) (\d+) (\d+)$/.exec(rejection) ?? [];
  const reason = Object.hasOwn(reasons, name) ? reasons[name] : undefined;
  if (reason === undefined) return null;
  const [limit = 0, bought = 0, held = 0, until = 0] = figures.map(Number);
  return { reason, limit, bought, held, until: until === 0 ? null : until };
};

export interface Purchase {
  readonly quantity: number;
  /** An order that stood before takes its units again, for a payment that came late: neither new nor one too many. */
  readonly isRenewed: boolean;
  readonly at: Instant;
}

/** The first limit a purchase would pass; null when it passes none. */
export const limitPassedBy = (
  limits: PurchaseLimits,
  buyer: Buyer,
  { quantity, isRenewed, at }: Purchase,
): ReachedLimit | null => {
  const { bought, held } = buyer;
  const reached = (reason: LimitReason, limit: number, until: Instant | null = null): ReachedLimit => ({
    reason,
    limit,
    bought,
    held,
    until,
  });
  const { maxPerUser, maxOpenHolds, pauseAfterExpirySeconds: pause } = limits;
  if (maxPerUser !== null && bought + held + quantity > maxPerUser) return reached('MAX_PER_USER', maxPerUser);
  if (isRenewed) return null;
  if (maxOpenHolds !== null && buyer.openHolds >= maxOpenHolds) return reached('MAX_OPEN_HOLDS', maxOpenHolds);
  if (pause === null || buyer.lastExpiredAt === null) return null;
  const until = buyer.lastExpiredAt + pause * 1_000;
  return at < until ? reached('PAUSE_AFTER_EXPIRY', pause, until) : null;
};
