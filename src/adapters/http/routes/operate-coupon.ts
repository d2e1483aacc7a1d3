import { either as E } from 'fp-ts';
import { z } from 'zod';
import {
  type ChangeQuantity,
  type ChangeTerms,
  type OperateCoupon,
  type OperateCouponError,
  type Operation,
} from '../../../application/coupon/operate-coupon.js';
import { type Answer, json, problem } from '../answer.js';
import { actorAndReason } from '../actor-and-reason.js';
import { type Exchange } from '../exchange.js';
import { type Refusal, refused } from '../problems.js';
import { route, type Route } from '../route.js';
import { coupon, operation, quantityChange, termsChange } from '../schemas/coupon.js';
import { id } from '../schemas/fields.js';
import { couponUrl, endsTooSoon, shownCoupon } from './coupons.js';

type Wanted = Operation & Parameters<typeof endsTooSoon>[0];

const refusal = (error: OperateCouponError, wanted: Wanted): Refusal => {
  switch (error.code) {
    case 'COUPON_NOT_FOUND':
    case 'QUANTITY_BELOW_ISSUED':
    case 'REQUEST_ID_REUSED':
    case 'OVERLOADED':
      return refused(error.code);
    case 'INVALID_WINDOW':
      return endsTooSoon(wanted);
    case 'OUTCOME_UNKNOWN':
      return refused(error.code, { requestId: error.requestId, statusUrl: couponUrl(wanted.couponId) });
    // What only requests of users are answered, or what could not be processed.
    default:
      return refused('UNAVAILABLE');
  }
};

interface Asked {
  readonly requestId?: string;
  readonly actor?: string;
  readonly reason?: string;
}

const requested = (couponId: string, asked: Asked, exchange: Exchange): Operation => {
  const requestId = asked.requestId ?? exchange.repeatableId;
  return { couponId, ...actorAndReason(asked, exchange), ...(requestId !== undefined && { requestId }) };
};

const answer = async <W extends Wanted>(
  operate: (wanted: W) => ReturnType<OperateCoupon>,
  wanted: W,
  { language }: Exchange,
): Promise<Answer> => {
  const carriedOut = await operate(wanted)();
  if (E.isRight(carriedOut)) return json(200, shownCoupon(carriedOut.right));
  return problem(refusal(carriedOut.left, wanted), language);
};

const shared = {
  method: 'post',
  tag: 'Operators',
  access: 'operator',
  listensTo: { 'X-Actor': 'Who asks, when the body does not say' },
  params: z.object({ couponId: id }),
  answers: { 200: { description: 'The coupon as it is then', schema: coupon } },
} as const;

const switchRoute = (verb: 'pause' | 'resume', summary: string, operate: OperateCoupon): Route =>
  route({
    ...shared,
    path: `/api/coupons/:couponId/${verb}`,
    summary,
    body: operation,
    problems: ['COUPON_NOT_FOUND', 'REQUEST_ID_REUSED', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: ({ params: { couponId }, body }, exchange) =>
      answer(operate, requested(couponId, body, exchange), exchange),
  });

/** What operators do to a coupon in the middle of a sale; recorded with who and why. */
export const operateCouponRoutes = (useCases: {
  readonly pauseCoupon: OperateCoupon;
  readonly resumeCoupon: OperateCoupon;
  readonly changeQuantity: ChangeQuantity;
  readonly changeTerms: ChangeTerms;
}): ReadonlyArray<Route> => [
  switchRoute('pause', 'Stop giving out, for now', useCases.pauseCoupon),
  switchRoute('resume', 'Go on giving out', useCases.resumeCoupon),
  route({
    ...shared,
    path: '/api/coupons/:couponId/quantity',
    summary: 'Change the quantity of a coupon',
    body: quantityChange,
    problems: ['COUPON_NOT_FOUND', 'QUANTITY_BELOW_ISSUED', 'REQUEST_ID_REUSED', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: ({ params: { couponId }, body }, exchange) =>
      answer(useCases.changeQuantity, { ...requested(couponId, body, exchange), quantity: body.quantity }, exchange),
  }),
  route({
    ...shared,
    method: 'patch',
    path: '/api/coupons/:couponId',
    summary: 'Change its name, when giving it out ends, when using it ends, and whether it needs a challenge',
    body: termsChange,
    problems: ['COUPON_NOT_FOUND', 'REQUEST_ID_REUSED', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: ({ params: { couponId }, body }, exchange) => {
      const { requestId, actor, reason, ...terms } = body;
      return answer(useCases.changeTerms, { ...terms, ...requested(couponId, body, exchange) }, exchange);
    },
  }),
];
