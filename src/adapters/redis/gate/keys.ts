/** Every key of a coupon carries its id as hash tag: on a cluster they live together, so that one script sees them all. */
export interface CouponKeys {
  /** Hash: revision, quantity, status, opensAt, closesAt. Missing: not loaded. */
  readonly terms: string;
  /** Hash: user → request, of everyone known to hold the coupon. */
  readonly holders: string;
  /** Hash: user → request, of everyone who has a place and is no holder yet. */
  readonly places: string;
  /** Hash: request → `at:user`, of every request not known to be decided. */
  readonly requests: string;
  /** Sorted set: request by `at`. */
  readonly times: string;
  /** Hash: token, until, seen. Who is loading the coupon, and the last revision that passed by meanwhile. */
  readonly loading: string;
}

export const couponKeys = (couponId: string): CouponKeys => ({
  terms: `{${couponId}}:terms`,
  holders: `{${couponId}}:holders`,
  places: `{${couponId}}:places`,
  requests: `{${couponId}}:requests`,
  times: `{${couponId}}:times`,
  loading: `{${couponId}}:loading`,
});

/** The order in which every script of the gate takes them. */
export const inOrder = (keys: CouponKeys): ReadonlyArray<string> => [
  keys.terms,
  keys.holders,
  keys.places,
  keys.requests,
  keys.times,
  keys.loading,
];

/** Where a request is to be found: its coupon. Only a signpost, the coupon's own keys say whether it is pending. */
export const requestKey = (requestId: string): string => `gate:request:${requestId}`;

/** Sorted set: coupons that may have requests pending, by when they were last loaded or restored. */
export const COUPONS = 'gate:coupons';

/** Hash: loss, whole. See gate-memory.ts. */
export const MEMORY = 'gate:memory';

/** How long a request is remembered as pending, milliseconds. */
export const PENDING_MS = 24 * 60 * 60 * 1_000;
