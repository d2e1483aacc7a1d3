import { type Projection, projectionOf } from '../kernel/projection/projection.js';
import { couponsView } from './coupons.js';
import { userCouponsView } from './user-coupons.js';

export const couponProjections: ReadonlyArray<Projection> = [projectionOf(couponsView), projectionOf(userCouponsView)];
