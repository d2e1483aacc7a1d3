import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type CouponById, type CouponSeen } from '../../../application/coupon/coupon-by-id.js';
import { type CouponOfUser, type CouponsOfUser } from '../../../application/coupon/coupons-of-user.js';
import { type CreateCoupon, type CreateCouponError } from '../../../application/coupon/create-coupon.js';
import { found, json, pageOf, problem } from '../answer.js';
import { fault } from '../faults.js';
import { concerns } from '../identity/access.js';
import { invalidRequest, type Refusal, refused } from '../problems.js';
import { route, type Route } from '../route.js';
import { coupon, newCoupon } from '../schemas/coupon.js';
import { cursor, id, iso, isoOrNull, limit } from '../schemas/fields.js';
import { userCoupons } from '../schemas/issue.js';

export const couponUrl = (couponId: string): string => `/api/coupons/${couponId}`;

/** A coupon as it is shown outside. */
export const shownCoupon = ({ createdAt: _, revision: __, ...seen }: CouponSeen) => ({
  ...seen,
  opensAt: isoOrNull(seen.opensAt),
  closesAt: isoOrNull(seen.closesAt),
  usableUntil: isoOrNull(seen.usableUntil),
});

/** Of the ends that were sent, it is the first that is shown; the words name both. */
export const endsTooSoon = ({ closesAt }: { readonly closesAt?: number | null | undefined }): Refusal =>
  invalidRequest({ path: closesAt == null ? 'usableUntil' : 'closesAt', message: fault('WINDOW_ORDER') });

const refusal = (error: CreateCouponError, terms: Parameters<typeof endsTooSoon>[0]): Refusal => {
  switch (error.code) {
    case 'INVALID_WINDOW':
      return endsTooSoon(terms);
    case 'OUTCOME_UNKNOWN':
      return refused(error.code, { couponId: error.couponId, statusUrl: couponUrl(error.couponId) });
    default:
      return refused(error.code);
  }
};

export const createCouponRoute = ({ createCoupon }: { readonly createCoupon: CreateCoupon }): Route =>
  route({
    method: 'post',
    path: '/api/coupons',
    tag: 'Coupons',
    summary: 'Create a coupon',
    access: 'operator',
    body: newCoupon,
    answers: { 201: { description: 'The coupon', schema: coupon, headers: ['Location'] } },
    problems: ['COUPON_EXISTS', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ body }, { requestId: correlationId, language, repeatableId }) => {
      const { couponId = repeatableId, opensAt = null, closesAt = null, usableUntil, eventId = null, ...said } = body;
      const times = { opensAt, closesAt, ...(usableUntil !== undefined && { usableUntil }) };
      const wanted = { ...said, ...times, eventId, ...(couponId !== undefined && { couponId }) };
      const created = await createCoupon({ ...wanted, correlationId })();
      if (E.isLeft(created)) return problem(refusal(created.left, body), language);
      return json(201, shownCoupon(created.right), { Location: couponUrl(created.right.couponId) });
    },
  });

export const couponRoute = ({ couponById }: { readonly couponById: CouponById }): Route =>
  route({
    method: 'get',
    access: 'public',
    path: '/api/coupons/:couponId',
    tag: 'Coupons',
    summary: 'A coupon: how many there are, how many are left',
    params: z.object({ couponId: id }),
    answers: { 200: { description: 'The coupon', schema: coupon } },
    problems: ['COUPON_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) => found(couponById(params.couponId), exchange, shownCoupon),
  });

export const shownHeldCoupon = (held: CouponOfUser) => ({
  ...held,
  issuedAt: iso(held.issuedAt),
  expiresAt: isoOrNull(held.expiresAt),
});

export const couponsOfUserRoute = ({ couponsOfUser }: { readonly couponsOfUser: CouponsOfUser }): Route =>
  route({
    method: 'get',
    path: '/api/users/:userId/coupons',
    access: concerns('path'),
    tag: 'Coupons',
    summary: "A user's coupons, page by page",
    params: z.object({ userId: id }),
    query: z.object({ cursor, limit }),
    answers: { 200: { description: 'A page', schema: userCoupons } },
    problems: ['UNAVAILABLE'],
    handle: ({ params, query }, exchange) =>
      found(couponsOfUser({ ...params, ...query }), exchange, pageOf(shownHeldCoupon)),
  });
