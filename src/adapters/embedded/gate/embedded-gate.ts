import { either as E, option as O, taskEither as TE } from 'fp-ts';
import {
  type Admission,
  type AdmissionGate,
  type Admitted,
  type LoadGateState,
} from '../../../application/ports/admission-gate.js';
import { type Clock } from '../../../application/ports/clock.js';
import { type Log } from '../../../application/ports/log.js';
import { loadedPlaces } from './loaded-places.js';
import { closedTo, type Places } from './places.js';
import { reservations } from './reservations.js';

export interface EmbeddedGateOptions {
  readonly load: LoadGateState;
  readonly clock: Clock;
  /** Holders kept in memory over all coupons. Default 3,000,000: about 450 MB. */
  readonly mostHolders?: number;
  /** A coupon that does not change for so long leaves the memory. Milliseconds; default a day. */
  readonly idleMs?: number;
  readonly log?: Pick<Log, 'warn'>;
}

const MOST_HOLDERS = 3_000_000;
const IDLE_MS = 24 * 3_600_000;
const unit = TE.right<'GateUnavailable', void>(undefined);

/**
 * The gate of one process, in its memory. Between two awaits nothing else runs, so asking and reserving is one step.
 * Nothing of it survives the process: coupons come back from events, pending requests through `restore`.
 */
export const embeddedGate = ({
  load,
  clock,
  mostHolders = MOST_HOLDERS,
  idleMs = IDLE_MS,
  log,
}: EmbeddedGateOptions): AdmissionGate => {
  const pending = reservations();
  const coupons = loadedPlaces({
    loadState: load,
    most: mostHolders,
    idleMs,
    onLoaded: (couponId, { holders }) => {
      for (const userId of [...pending.placesOf(couponId).keys()]) {
        const requestId = holders.get(userId);
        if (requestId !== undefined) pending.becameHolder({ couponId, userId, requestId });
      }
    },
    onUnreadable: (couponId, error) => log?.warn({ couponId, err: error }, 'The places of a coupon could not be read'),
  });

  const admit = (places: Places, admission: Admission): Admitted => {
    const waiting = pending.placesOf(admission.couponId);
    const first = places.holders.get(admission.userId) ?? waiting.get(admission.userId);
    if (first !== undefined) return { answer: 'AlreadyRequested', requestId: first };
    const closed = closedTo(places, admission);
    if (closed !== null) return closed;
    if (places.holders.size + waiting.size >= places.quantity) return { answer: 'SoldOut' };
    pending.add(admission);
    return { answer: 'Admitted' };
  };

  return {
    reserve: (admission) => async () => {
      pending.expire(clock.now());
      const known = coupons.known(admission.couponId);
      if (known !== undefined) return E.right(admit(known, admission));
      const found = await coupons.load(admission.couponId);
      if (E.isLeft(found)) return found;
      // Of several who waited for the load, or after a change since, the newest places count.
      const places = coupons.known(admission.couponId) ?? found.right;
      if (places === null) return E.right({ answer: 'CouponNotFound' });
      return E.right(admit(places, admission));
    },
    release: (admission) => {
      pending.remove(admission);
      return unit;
    },
    pending: (requestId) => {
      pending.expire(clock.now());
      return TE.right(pending.byRequest(requestId));
    },
    isPending: (asked) => {
      pending.expire(clock.now());
      return TE.right(pending.has(asked));
    },
    requestOf: (couponId, userId) =>
      TE.right(O.fromNullable(coupons.known(couponId)?.holders.get(userId) ?? pending.placesOf(couponId).get(userId))),
    restore: (admission) => {
      const holds = coupons.known(admission.couponId)?.holders.get(admission.userId);
      if (holds === undefined) pending.add(admission);
      else if (holds !== admission.requestId) pending.addWithoutPlace(admission);
      return unit;
    },
    apply: (changes) => {
      coupons.apply(changes);
      for (const change of changes) {
        if (change.change === 'Rejected') pending.remove(change);
        if (change.change === 'Issued') pending.becameHolder(change);
      }
      return unit;
    },
    pendingSince: (before, limit, cursor = null) => {
      pending.expire(clock.now());
      return TE.right(pending.since(before, limit, cursor));
    },
    inspect: (couponId) => {
      const places = coupons.known(couponId);
      if (places === undefined) return TE.right(O.none);
      const { revision, quantity, holders } = places;
      return TE.right(O.some({ revision, quantity, issued: holders.size, pending: pending.ofCoupon(couponId) }));
    },
    drop: (couponId) => {
      coupons.forget(couponId);
      return unit;
    },
  };
};
