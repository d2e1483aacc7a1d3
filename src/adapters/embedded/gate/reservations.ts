import { type Admission } from '../../../application/ports/admission-gate.js';

const KEPT_MS = 24 * 60 * 60 * 1_000;

export interface Reservations {
  /** Pending, with a place where the user has none yet. */
  readonly add: (admission: Admission) => void;
  /** Pending, without a place: the user holds the coupon already. */
  readonly addWithoutPlace: (admission: Admission) => void;
  /** This very request is pending no more; its place, if it has one, is free. */
  readonly remove: (couponId: string, userId: string, requestId: string) => void;
  /** The user became a holder by `requestId`. Another request of the same user stays pending, without a place. */
  readonly becameHolder: (couponId: string, userId: string, requestId: string) => void;
  /** Users with a place, and their requests. */
  readonly placesOf: (couponId: string) => ReadonlyMap<string, string>;
  readonly byRequest: (requestId: string) => Admission | undefined;
  readonly ofCoupon: (couponId: string) => ReadonlyArray<Admission>;
  readonly since: (before: number, limit: number) => ReadonlyArray<Admission>;
  /** Those older than 24 h go: nobody asks for them any more. */
  readonly expire: (now: number) => void;
}

const none: ReadonlyMap<string, string> = new Map();
const keyOf = (couponId: string, userId: string, requestId: string): string => `${couponId}/${userId}/${requestId}`;

/**
 * What is asked and not known to be decided. Kept apart from what events say of a coupon: it outlives the coupon's
 * being dropped and loaded again.
 */
export const reservations = (): Reservations => {
  const places = new Map<string, Map<string, string>>();
  /** The oldest first, but for the few that were restored. */
  const requests = new Map<string, Admission>();
  const byRequest = new Map<string, Admission>();

  const free = (couponId: string, userId: string): void => {
    const ofCoupon = places.get(couponId);
    ofCoupon?.delete(userId);
    if (ofCoupon?.size === 0) places.delete(couponId);
  };

  const addWithoutPlace = (admission: Admission): void => {
    const key = keyOf(admission.couponId, admission.userId, admission.requestId);
    if (requests.has(key)) return;
    requests.set(key, admission);
    // Should two people use one request id, it is the first one's.
    if (!byRequest.has(admission.requestId)) byRequest.set(admission.requestId, admission);
  };

  const remove = (couponId: string, userId: string, requestId: string): void => {
    if (places.get(couponId)?.get(userId) === requestId) free(couponId, userId);
    const key = keyOf(couponId, userId, requestId);
    const admission = requests.get(key);
    requests.delete(key);
    if (admission !== undefined && byRequest.get(requestId) === admission) byRequest.delete(requestId);
  };

  return {
    addWithoutPlace,
    remove,
    add: (admission) => {
      const { couponId, userId, requestId } = admission;
      const ofCoupon = places.get(couponId) ?? new Map<string, string>();
      if (!ofCoupon.has(userId)) places.set(couponId, ofCoupon.set(userId, requestId));
      addWithoutPlace(admission);
    },
    becameHolder: (couponId, userId, requestId) => {
      remove(couponId, userId, requestId);
      free(couponId, userId);
    },
    placesOf: (couponId) => places.get(couponId) ?? none,
    byRequest: (requestId) => byRequest.get(requestId),
    ofCoupon: (couponId) => [...requests.values()].filter((admission) => admission.couponId === couponId),
    since: (before, limit) => {
      const found: Admission[] = [];
      for (const admission of requests.values()) {
        if (found.length === limit) break;
        if (admission.at < before) found.push(admission);
      }
      return found;
    },
    expire: (now) => {
      for (const { couponId, userId, requestId, at } of requests.values()) {
        if (at > now - KEPT_MS) return;
        remove(couponId, userId, requestId);
      }
    },
  };
};
