import { type Decider } from '../decider.js';
import { type IssuedCouponEvent } from './events.js';
import { evolve, type IssuedCoupon, unusedCoupon } from './issued-coupon.js';
import { redeemCoupon, type RedeemCoupon } from './redeem-coupon.js';
import { restoreCoupon, type RestoreCoupon } from './restore-coupon.js';

export type IssuedCouponCommand = RedeemCoupon | RestoreCoupon;

export const issuedCouponDecider = {
  initial: unusedCoupon,
  evolve,
  decide: (command: IssuedCouponCommand, state: IssuedCoupon) =>
    command.type === 'RedeemCoupon' ? redeemCoupon(command, state) : restoreCoupon(command, state),
} satisfies Decider<IssuedCoupon, IssuedCouponCommand, IssuedCouponEvent, string>;
