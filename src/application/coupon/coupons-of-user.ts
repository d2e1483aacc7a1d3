import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type Clock } from '../ports/clock.js';
import { type ReadModels } from '../ports/read-models.js';
import { liveReader } from '../projecting/live-reader.js';
import { type CouponDocument, couponsView } from './views/coupons.js';
import { userCouponsView } from './views/user-coupons.js';

export interface CouponOfUser {
  readonly couponId: string;
  readonly name: string;
  readonly discount: CouponDocument['discount'];
  /** EXPIRED once the coupon's window is over. */
  readonly status: 'AVAILABLE' | 'USED' | 'EXPIRED';
  readonly requestId: string;
  readonly place: number;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  /** Epoch milliseconds; null: never. */
  readonly expiresAt: number | null;
}

export interface CouponsOfUserPage {
  readonly items: ReadonlyArray<CouponOfUser>;
  readonly nextCursor: string | null;
}

/** 'INVALID_CURSOR': it is of no page before. */
export type CouponsOfUserError = { readonly code: 'UNAVAILABLE' | 'INVALID_CURSOR' };

/** In the order in which they were issued. `cursor` is of the page before. */
export type CouponsOfUser = (request: {
  readonly userId: string;
  readonly limit: number;
  readonly cursor?: string;
}) => TE.TaskEither<CouponsOfUserError, CouponsOfUserPage>;

export const couponsOfUser = ({
  readModels,
  clock,
}: {
  readonly readModels: ReadModels;
  readonly clock: Clock;
}): CouponsOfUser => {
  const reader = liveReader(readModels);
  return ({ userId, ...page }) =>
    async () => {
      const held = await reader.page(userCouponsView, { index: 'by-user', key: userId, ...page })();
      if (E.isLeft(held)) return E.left({ code: held.left === 'InvalidCursor' ? 'INVALID_CURSOR' : 'UNAVAILABLE' });
      const ids = held.right.items.map(({ couponId }) => couponId);
      const terms = await reader.getMany(couponsView, ids)();
      if (E.isLeft(terms)) return E.left({ code: 'UNAVAILABLE' });
      const now = clock.now();
      const items: CouponOfUser[] = [];
      for (const [index, { couponId, requestId, place, issuedAt, usedBy }] of held.right.items.entries()) {
        const coupon = terms.right[index];
        // The other view is behind: half an answer would be a wrong one.
        if (coupon === undefined || O.isNone(coupon)) return E.left({ code: 'UNAVAILABLE' });
        const { name, discount, closesAt } = coupon.value;
        const isOver = closesAt !== null && now >= closesAt;
        const status = usedBy !== null ? 'USED' : isOver ? 'EXPIRED' : 'AVAILABLE';
        items.push({ couponId, name, discount, status, requestId, place, issuedAt, expiresAt: closesAt });
      }
      return E.right({ items, nextCursor: held.right.nextCursor });
    };
};
