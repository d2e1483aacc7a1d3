import { type Admission, type PendingPage } from '../../../application/ports/admission-gate.js';

const KEPT_MS = 24 * 60 * 60 * 1_000;

type Asked = Omit<Admission, 'at'>;

interface Numbered {
  readonly admission: Admission;
  /** Counts up, and no two have the same. */
  readonly number: number;
}

export interface Reservations {
  /** Pending, with a place where the user has none yet. */
  readonly add: (admission: Admission) => void;
  /** Pending, without a place: the user holds the coupon already. */
  readonly addWithoutPlace: (admission: Admission) => void;
  /** This very request is pending no more; its place, if it has one, is free. */
  readonly remove: (asked: Asked) => void;
  /** The user became a holder by this request. Another request of the same user stays pending, without a place. */
  readonly becameHolder: (asked: Asked) => void;
  /** Users with a place, and their requests. */
  readonly placesOf: (couponId: string) => ReadonlyMap<string, string>;
  /** Several where several people use one request id. */
  readonly byRequest: (requestId: string) => ReadonlyArray<Admission>;
  readonly has: (asked: Asked) => boolean;
  readonly ofCoupon: (couponId: string) => ReadonlyArray<Admission>;
  readonly since: (before: number, limit: number, cursor: string | null) => PendingPage;
  /** Those older than 24 h go: nobody asks for them any more. */
  readonly expire: (now: number) => void;
}

const none: ReadonlyMap<string, string> = new Map();
const keyOf = ({ couponId, userId, requestId }: Asked): string => `${couponId}/${userId}/${requestId}`;

/**
 * What is asked and not known to be decided. Kept apart from what events say of a coupon: it outlives the coupon's
 * being dropped and loaded again.
 */
export const reservations = (): Reservations => {
  const places = new Map<string, Map<string, string>>();
  /** By request id. The oldest first, as below, but for the few that were restored. */
  const requests = new Map<string, Numbered>();
  /** The few whose request id was taken by somebody else: by all there is to them. */
  const duplicateIds = new Map<string, Numbered>();
  const all = [requests, duplicateIds];
  /** Nothing pending is older. Without it every look for the oldest passes over all that left the map before. */
  let oldest = Infinity;
  let added = 0;

  const free = (couponId: string, userId: string): void => {
    const ofCoupon = places.get(couponId);
    ofCoupon?.delete(userId);
    if (ofCoupon?.size === 0) places.delete(couponId);
  };

  const isFirst = ({ couponId, userId, requestId }: Asked): boolean => {
    const first = requests.get(requestId)?.admission;
    return first !== undefined && first.userId === userId && first.couponId === couponId;
  };
  const isDuplicateId = (asked: Asked): boolean => duplicateIds.size > 0 && duplicateIds.has(keyOf(asked));

  const addWithoutPlace = (admission: Admission): void => {
    if (isFirst(admission) || isDuplicateId(admission)) return;
    const numbered = { admission, number: (added += 1) };
    if (requests.has(admission.requestId)) duplicateIds.set(keyOf(admission), numbered);
    else requests.set(admission.requestId, numbered);
    oldest = Math.min(oldest, admission.at);
  };

  const forget = (asked: Asked): void => {
    if (isFirst(asked)) requests.delete(asked.requestId);
    else if (isDuplicateId(asked)) duplicateIds.delete(keyOf(asked));
  };

  const remove = (asked: Asked): void => {
    if (places.get(asked.couponId)?.get(asked.userId) === asked.requestId) free(asked.couponId, asked.userId);
    forget(asked);
  };

  return {
    addWithoutPlace,
    remove,
    add: (admission) => {
      const { couponId, userId, requestId } = admission;
      const ofCoupon = places.get(couponId);
      if (ofCoupon === undefined) places.set(couponId, new Map([[userId, requestId]]));
      else if (!ofCoupon.has(userId)) ofCoupon.set(userId, requestId);
      addWithoutPlace(admission);
    },
    becameHolder: (asked) => {
      forget(asked);
      free(asked.couponId, asked.userId);
    },
    placesOf: (couponId) => places.get(couponId) ?? none,
    byRequest: (requestId) => {
      const first = requests.get(requestId)?.admission;
      const duplicates = [...duplicateIds.values()].map(({ admission }) => admission);
      const others = duplicates.filter((admission) => admission.requestId === requestId);
      return first === undefined ? others : [first, ...others];
    },
    has: (asked) => isFirst(asked) || isDuplicateId(asked),
    ofCoupon: (couponId) =>
      all
        .flatMap((some) => [...some.values()].map(({ admission }) => admission))
        .filter((admission) => admission.couponId === couponId),
    since: (before, limit, cursor) => {
      const after = Number(cursor ?? 0);
      const found = all.flatMap((some) => {
        const ofThese: Numbered[] = [];
        for (const each of some.values()) {
          if (ofThese.length === limit) break;
          if (each.number > after && each.admission.at < before) ofThese.push(each);
        }
        return ofThese;
      });
      const page = found.sort((one, other) => one.number - other.number).slice(0, limit);
      const last = page.length < limit ? undefined : page.at(-1);
      return {
        items: page.map(({ admission }) => admission),
        nextCursor: last === undefined ? null : String(last.number),
      };
    },
    expire: (now) => {
      if (oldest > now - KEPT_MS) return;
      oldest = Infinity;
      for (const some of all) {
        for (const { admission } of some.values()) {
          oldest = Math.min(oldest, admission.at);
          if (admission.at > now - KEPT_MS) break;
          remove(admission);
        }
      }
    },
  };
};
