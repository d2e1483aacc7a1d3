import { type Projection, projectionOf } from '../kernel/projection/projection.js';
import { couponsView } from './coupons.js';
import { userCouponsView } from './user-coupons.js';

/** Every view of this context. */
export const couponProjections: ReadonlyArray<Projection> = [projectionOf(couponsView), projectionOf(userCouponsView)];
