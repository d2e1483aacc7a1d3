import { either as E, option as O } from 'fp-ts';
import { liveReader, type Paged, type PageWanted } from '../kernel/projection/live-reader.js';
import { type CouponDocument, couponsView, usableUntilOf } from './coupons.js';
import { couponsOf, type UserCoupon, userCouponsView } from './user-coupons.js';
import { type Ports } from '../ports/ports.js';

export interface CouponOfUser {
  readonly couponId: string;
  readonly name: string;
  readonly discount: CouponDocument['discount'];
  /** EXPIRED once using it is over. */
  readonly status: 'AVAILABLE' | 'USED' | 'EXPIRED';
  readonly requestId: string;
  readonly place: number;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  /** Epoch milliseconds; null: never. */
  readonly expiresAt: number | null;
}

/** In the order in which they were issued. */
export type CouponsOfUser = (request: PageWanted & { readonly userId: string }) => Paged<CouponOfUser>;

/** A cursor is the position of the last coupon seen. */
const POSITION = /^\d{1,16}$/;

const inOrderOfIssuing = (one: UserCoupon, other: UserCoupon): number => one.position - other.position;

export const couponsOfUser = ({ readModels, clock }: Pick<Ports, 'readModels' | 'clock'>): CouponsOfUser => {
  const reader = liveReader(readModels);
  return ({ userId, limit, cursor }) =>
    async () => {
      if (cursor !== undefined && !POSITION.test(cursor)) return E.left({ code: 'INVALID_CURSOR' });
      const held = await reader.within(userCouponsView, couponsOf(userId))();
      if (E.isLeft(held)) return E.left({ code: 'UNAVAILABLE' });
      const after = cursor === undefined ? -1 : Number(cursor);
      const rest = held.right.filter(({ position }) => position > after).sort(inOrderOfIssuing);
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      const terms = await reader.getMany(
        couponsView,
        page.map(({ couponId }) => couponId),
      )();
      if (E.isLeft(terms)) return E.left({ code: 'UNAVAILABLE' });
      const now = clock.now();
      const items: CouponOfUser[] = [];
      for (const [index, { couponId, requestId, place, issuedAt, usedBy }] of page.entries()) {
        const coupon = terms.right[index];
        // The other view is behind: half an answer would be a wrong one.
        if (coupon === undefined || O.isNone(coupon)) return E.left({ code: 'UNAVAILABLE' });
        const { name, discount } = coupon.value;
        const expiresAt = usableUntilOf(coupon.value);
        const isOver = expiresAt !== null && now >= expiresAt;
        const status = usedBy !== null ? 'USED' : isOver ? 'EXPIRED' : 'AVAILABLE';
        items.push({ couponId, name, discount, status, requestId, place, issuedAt, expiresAt });
      }
      return E.right({
        items,
        nextCursor: last === undefined || rest.length === page.length ? null : String(last.position),
      });
    };
};
