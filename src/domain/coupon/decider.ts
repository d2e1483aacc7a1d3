import { type Decider } from '../decider.js';
import { changeQuantity, type ChangeQuantity, type QuantityRejection } from './change-quantity.js';
import { type Coupon, evolve, unknownCoupon } from './coupon.js';
import { createCoupon, type CreateCoupon, type CreateRejection } from './create-coupon.js';
import { type CouponEvent } from './events.js';
import { issueCoupon, type IssueCoupon, type IssueRejection } from './issue-coupon.js';
import { pauseCoupon, type PauseCoupon, type PauseRejection } from './pause-coupon.js';
import { resumeCoupon, type ResumeCoupon, type ResumeRejection } from './resume-coupon.js';

export type CouponCommand = CreateCoupon | IssueCoupon | PauseCoupon | ResumeCoupon | ChangeQuantity;

export type CouponRejection = CreateRejection | IssueRejection | PauseRejection | ResumeRejection | QuantityRejection;

export const couponDecider: Decider<Coupon, CouponCommand, CouponEvent, CouponRejection> = {
  initial: unknownCoupon,
  evolve,
  decide: (command, coupon) => {
    switch (command.type) {
      case 'CreateCoupon':
        return createCoupon(command, coupon);
      case 'IssueCoupon':
        return issueCoupon(command, coupon);
      case 'PauseCoupon':
        return pauseCoupon(command, coupon);
      case 'ResumeCoupon':
        return resumeCoupon(command, coupon);
      case 'ChangeQuantity':
        return changeQuantity(command, coupon);
    }
  },
};
