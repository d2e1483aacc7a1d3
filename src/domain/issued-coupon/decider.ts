import { type Decider } from '../decider.js';
import { type IssuedCouponEvent } from './events.js';
import { evolve, type IssuedCoupon, unusedCoupon } from './issued-coupon.js';
import { redeemCoupon, type RedeemCoupon, type RedeemRejection } from './redeem-coupon.js';
import { restoreCoupon, type RestoreCoupon } from './restore-coupon.js';

export type IssuedCouponCommand = RedeemCoupon | RestoreCoupon;

export type IssuedCouponRejection = RedeemRejection;

export const issuedCouponDecider: Decider<IssuedCoupon, IssuedCouponCommand, IssuedCouponEvent, IssuedCouponRejection> =
  {
    initial: unusedCoupon,
    evolve,
    decide: (command, state) => {
      switch (command.type) {
        case 'RedeemCoupon':
          return redeemCoupon(command, state);
        case 'RestoreCoupon':
          return restoreCoupon(command, state);
      }
    },
  };
