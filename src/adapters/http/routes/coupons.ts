import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type CouponById, type CouponSeen } from '../../../application/coupon/coupon-by-id.js';
import { type CreateCoupon, type CreateCouponError } from '../../../application/coupon/create-coupon.js';
import { json, problem, type Written } from '../answer.js';
import { fault } from '../faults.js';
import { invalidRequest, type Refusal, tryAgain, invalidCursor } from '../problems.js';
import { nothing, route, type Route } from '../route.js';
import { coupon, newCoupon } from '../schemas/coupon.js';
import { id, isoOrNull, cursor, iso, limit } from '../schemas/fields.js';
import { couponUrl } from '../status-url.js';
import { type CouponOfUser, type CouponsOfUser } from '../../../application/coupon/coupons-of-user.js';
import { concerns } from '../identity/access.js';
import { userCoupons } from '../schemas/issue.js';

/** A coupon as it is shown outside. */
export const couponAnswer = (
  status: number,
  { createdAt: _, revision: __, ...view }: CouponSeen,
  headers: Readonly<Record<string, string>> = {},
): Written => {
  const [opensAt, closesAt, usableUntil] = [view.opensAt, view.closesAt, view.usableUntil].map(isoOrNull);
  return json(status, { ...view, opensAt, closesAt, usableUntil }, headers);
};

const refusal = (error: CreateCouponError): Refusal => {
  switch (error.code) {
    case 'COUPON_EXISTS':
      return { code: error.code };
    case 'INVALID_WINDOW':
      return invalidRequest({ path: 'closesAt', message: fault('WINDOW_ORDER') });
    case 'UNAVAILABLE':
      return tryAgain(error.code);
    case 'OUTCOME_UNKNOWN':
      return tryAgain(error.code, 1, { couponId: error.couponId, statusUrl: couponUrl(error.couponId) });
  }
};

export const createCouponRoute = ({ createCoupon }: { readonly createCoupon: CreateCoupon }): Route =>
  route({
    method: 'post',
    path: '/api/coupons',
    tag: 'Coupons',
    summary: 'Create a coupon',
    access: 'operator',
    params: nothing,
    query: nothing,
    body: newCoupon,
    answers: { 201: { description: 'The coupon', schema: coupon, headers: ['Location'] } },
    problems: ['COUPON_EXISTS', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ body }, { requestId: correlationId, language }) => {
      const {
        couponId,
        name,
        quantity,
        discount,
        opensAt = null,
        closesAt = null,
        usableUntil,
        eventId = null,
        challenge,
      } = body;
      const said = { ...(usableUntil !== undefined && { usableUntil }), ...(challenge && { challenge }) };
      const wanted = { name, quantity, discount, opensAt, closesAt, ...said, eventId, correlationId };
      const created = await createCoupon({ ...wanted, ...(couponId && { couponId }) })();
      if (E.isLeft(created)) return problem(refusal(created.left), language);
      return couponAnswer(201, created.right, { Location: couponUrl(created.right.couponId) });
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
    query: nothing,
    body: nothing,
    answers: { 200: { description: 'The coupon', schema: coupon } },
    problems: ['COUPON_NOT_FOUND', 'UNAVAILABLE'],
    handle: async ({ params: { couponId } }, { language }) => {
      const found = await couponById(couponId)();
      if (E.isRight(found)) return couponAnswer(200, found.right);
      const { code } = found.left;
      return problem(code === 'UNAVAILABLE' ? tryAgain(code) : { code }, language);
    },
  });

export const shownCoupon = (held: CouponOfUser) => ({
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
    body: nothing,
    answers: { 200: { description: 'A page', schema: userCoupons } },
    problems: ['UNAVAILABLE'],
    handle: async ({ params: { userId }, query }, { language }) => {
      const page = { userId, limit: query.limit, ...(query.cursor && { cursor: query.cursor }) };
      const found = await couponsOfUser(page)();
      if (E.isRight(found)) {
        const items = found.right.items.map(shownCoupon);
        return json(200, { items, nextCursor: found.right.nextCursor });
      }
      switch (found.left.code) {
        case 'INVALID_CURSOR':
          return problem(invalidCursor, language);
        case 'UNAVAILABLE':
          return problem(tryAgain(found.left.code), language);
      }
    },
  });
