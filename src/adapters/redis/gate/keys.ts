/** Every key of a coupon carries its id as hash tag: on a cluster they live together, so that one script sees them all. */
export interface CouponKeys {
  /** Hash: revision, quantity, status, sale, opensAt, closesAt, usableUntil. Missing: not loaded. */
  readonly terms: string;
  /** Hash: user → request, of everyone known to hold the coupon. */
  readonly holders: string;
  /** Hash: user → request, of everyone who has a place and is no holder yet. */
  readonly places: string;
  /** Sorted set: `user\nrequest` by `at`, of every request not known to be decided. */
  readonly pending: string;
  /** Hash: token, until. Who is loading the coupon. */
  readonly loading: string;
  /** List: what happened while the coupon was being loaded, to be applied to what the load finds. */
  readonly missed: string;
}

export const couponKeys = (couponId: string): CouponKeys => ({
  terms: `{${couponId}}:terms`,
  holders: `{${couponId}}:holders`,
  places: `{${couponId}}:places`,
  pending: `{${couponId}}:pending`,
  loading: `{${couponId}}:loading`,
  missed: `{${couponId}}:missed`,
});

/** The order in which every script of the gate takes them. */
export const inOrder = (keys: CouponKeys): ReadonlyArray<string> => [
  keys.terms,
  keys.holders,
  keys.places,
  keys.pending,
  keys.loading,
  keys.missed,
];

/** Sorted set: coupons that may have requests pending, by when they were last loaded or restored. */
export const COUPONS = 'gate:coupons';

/** Hash: loss, whole. See gate-memory.ts. */
export const MEMORY = 'gate:memory';

/** How long a request is remembered as pending, milliseconds. */
export const PENDING_MS = 24 * 60 * 60 * 1_000;

/** A coupon nobody asks for is forgotten by Redis after a day. */
export const KEEP_TERMS_MS = 24 * 60 * 60 * 1_000;

/** The terms end first: holders are never missing while there are terms. */
export const KEEP_HOLDERS_MS = 2 * KEEP_TERMS_MS;
