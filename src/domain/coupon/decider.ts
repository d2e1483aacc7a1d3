import { type Decided, type Decider } from '../decider.js';
import { changeQuantity, type ChangeQuantity, type QuantityRejection } from './change-quantity.js';
import { changeTerms, type ChangeTerms, type TermsRejection } from './change-terms.js';
import { closeSale, type CloseSale, type CloseSaleRejection } from './close-sale.js';
import { type Coupon, evolve, unknownCoupon } from './coupon.js';
import { createCoupon, type CreateCoupon, type CreateRejection } from './create-coupon.js';
import { type CouponEvent } from './events.js';
import { issueCoupon, type IssueCoupon, type IssueRejection } from './issue-coupon.js';
import { openSale, type OpenSale, type OpenSaleRejection } from './open-sale.js';
import { pauseCoupon, type PauseCoupon, type PauseRejection } from './pause-coupon.js';
import { resumeCoupon, type ResumeCoupon, type ResumeRejection } from './resume-coupon.js';

/** What is asked of a coupon that is there, each with a `requestId`. */
export type CouponRequest =
  IssueCoupon | PauseCoupon | ResumeCoupon | ChangeQuantity | ChangeTerms | OpenSale | CloseSale;
export type CouponRequestRejection =
  | IssueRejection
  | PauseRejection
  | ResumeRejection
  | QuantityRejection
  | TermsRejection
  | OpenSaleRejection
  | CloseSaleRejection;

export type CouponCommand = CreateCoupon | CouponRequest;
export const decideRequest = (command: CouponRequest, coupon: Coupon): Decided<CouponEvent, CouponRequestRejection> => {
  switch (command.type) {
    case 'IssueCoupon':
      return issueCoupon(command, coupon);
    case 'PauseCoupon':
      return pauseCoupon(command, coupon);
    case 'ResumeCoupon':
      return resumeCoupon(command, coupon);
    case 'ChangeQuantity':
      return changeQuantity(command, coupon);
    case 'ChangeTerms':
      return changeTerms(command, coupon);
    case 'OpenSale':
      return openSale(command, coupon);
    case 'CloseSale':
      return closeSale(command, coupon);
  }
};

export const couponDecider: Decider<Coupon, CouponCommand, CouponEvent, CreateRejection | CouponRequestRejection> = {
  initial: unknownCoupon,
  evolve,
  decide: (command, coupon) =>
    command.type === 'CreateCoupon' ? createCoupon(command, coupon) : decideRequest(command, coupon),
};
