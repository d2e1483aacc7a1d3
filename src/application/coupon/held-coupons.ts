import { either as E, type taskEither as TE } from 'fp-ts';
import { LRUCache } from 'lru-cache';
import { type Coupon } from '../../domain/coupon/coupon.js';
import { type CouponRejections } from '../../domain/coupon-rejections/coupon-rejections.js';
import { type Loaded } from '../kernel/writer/aggregate.js';
import { loadAggregate, type LoadAggregatePorts } from '../kernel/writer/load-aggregate.js';
import { couponAggregate } from './coupon-aggregate.js';
import { couponRejectionsAggregate } from './coupon-rejections-aggregate.js';
import { couponRejectionsStream, couponStream } from './coupon-streams.js';

/** All its writer needs to know of a coupon. */
export interface HeldCoupon {
  readonly partition: number;
  readonly coupon: Loaded<Coupon>;
  readonly rejections: Loaded<CouponRejections>;
}

export interface HeldCoupons {
  /** From memory, else from its events. */
  readonly get: (couponId: string, partition: number) => TE.TaskEither<'EventStoreUnavailable', HeldCoupon>;
  readonly keep: (couponId: string, held: HeldCoupon) => void;
  readonly forget: (couponId: string) => void;
  /** What was held of a partition is no longer known to be current. */
  readonly forgetPartition: (partition: number) => void;
}

const sizeOf = ({ coupon, rejections }: HeldCoupon): number =>
  1 + (coupon.state.status === 'Unknown' ? 0 : coupon.state.holders.size) + rejections.state.rejected.size;

/**
 * The coupons one writer decides, in memory; those not asked for longest go when more than `most` holders and
 * rejections are held in all. A coupon that does not exist is not kept: creating it does not pass through here.
 */
export const heldCoupons = (ports: LoadAggregatePorts, most: number): HeldCoupons => {
  const held = new LRUCache<string, HeldCoupon>({
    maxSize: most,
    // One that is larger than everything may hold is held all the same, alone: reloading it for every batch would be worse.
    sizeCalculation: (coupon) => Math.min(sizeOf(coupon), most),
  });
  const load = loadAggregate(ports);

  return {
    get: (couponId, partition) => async () => {
      const known = held.get(couponId);
      if (known !== undefined) return E.right(known);
      // The coupon first. Rejections are appended before what is issued in the same batch, so whatever another writer
      // decided before this state of the coupon is among the rejections read after it.
      const coupon = await load(couponAggregate, couponStream(couponId))();
      if (E.isLeft(coupon)) return coupon;
      const rejections = await load(couponRejectionsAggregate, couponRejectionsStream(couponId))();
      if (E.isLeft(rejections)) return rejections;
      return E.right({ partition, coupon: coupon.right, rejections: rejections.right });
    },
    keep: (couponId, coupon) => {
      if (coupon.coupon.state.status !== 'Unknown') held.set(couponId, coupon);
    },
    forget: (couponId) => void held.delete(couponId),
    forgetPartition: (partition) => {
      for (const [couponId, coupon] of [...held.entries()]) if (coupon.partition === partition) held.delete(couponId);
    },
  };
};
