import { userCouponId, userCouponsView } from '../../../src/application/coupon/user-coupons.js';
import { folded } from '../../support/in-memory/recorded.js';

const coupon = { couponId: 'c1', userId: 'ana' };
const issued = { type: 'CouponIssued', ...coupon, requestId: 'r-1', place: 1, at: 5 };
const redeemed = { type: 'CouponRedeemed', ...coupon, orderId: 'o-1', at: 6 };
const restored = { type: 'CouponRestored', ...coupon, orderId: 'o-1', at: 7 };

test.each([
  ['that nobody has used', [issued], null],
  ['that an order uses', [issued, redeemed], 'o-1'],
  ['that an order has given back', [issued, redeemed, restored], null],
])('a coupon %s is stored without the names of its fields, and read as it was', (_, events, usedBy) => {
  const held = folded(userCouponsView, events)(userCouponId('ana', 'c1'));
  if (held === undefined) throw new Error('Nobody holds it');
  const kept = JSON.stringify(userCouponsView.stored?.(held));
  expect(kept).not.toContain('requestId');
  expect(userCouponsView.schema.parse(JSON.parse(kept))).toEqual({
    ...{ ...coupon, requestId: 'r-1', place: 1, issuedAt: 1_000_000, position: 0 },
    usedBy,
  });
});
