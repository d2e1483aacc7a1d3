import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type CouponOfUser, type CouponsOfUser } from '../../../application/coupon/coupons-of-user.js';
import { json, problem } from '../answer.js';
import { invalidCursor, tryAgain } from '../problems.js';
import { concerns } from '../identity/access.js';
import { nothing, route, type Route } from '../route.js';
import { cursor, id, iso, isoOrNull, limit } from '../schemas/fields.js';
import { userCoupons } from '../schemas/issue.js';

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
