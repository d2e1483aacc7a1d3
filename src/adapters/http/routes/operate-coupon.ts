import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type Answer, problem } from '../answer.js';
import { because } from '../because.js';
import { type Exchange } from '../exchange.js';
import { type Refusal, tryAgain } from '../problems.js';
import { nothing, route, type Route } from '../route.js';
import { coupon, operation, quantityChange } from '../schemas/coupon.js';
import { id } from '../schemas/fields.js';
import { type CouponUseCases, type OperateCoupon, type OperateError } from '../use-cases.js';
import { couponAnswer } from './coupons.js';

const refusal = (error: OperateError): Refusal => {
  switch (error.code) {
    case 'COUPON_NOT_FOUND':
    case 'QUANTITY_BELOW_ISSUED':
      return { code: error.code };
    case 'UNAVAILABLE':
    case 'OVERLOADED':
    case 'OUTCOME_UNKNOWN':
      return tryAgain(error.code);
  }
};

const answer = async (done: ReturnType<OperateCoupon>, { language }: Exchange): Promise<Answer> => {
  const carriedOut = await done();
  return E.isLeft(carriedOut) ? problem(refusal(carriedOut.left), language) : couponAnswer(200, carriedOut.right);
};

const shared = {
  method: 'post',
  tag: 'Operators',
  operator: true,
  listensTo: { 'X-Actor': 'Who asks, when the body does not say' },
  params: z.object({ couponId: id }),
  query: nothing,
  answers: { 200: { description: 'The coupon as it is then', schema: coupon } },
} as const;

const switchRoute = (verb: 'pause' | 'resume', summary: string, operate: OperateCoupon): Route =>
  route({
    ...shared,
    path: `/api/coupons/:couponId/${verb}`,
    summary,
    body: operation,
    problems: ['COUPON_NOT_FOUND', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: ({ params: { couponId }, body }, exchange) =>
      answer(operate({ couponId, ...because(body, exchange), correlationId: exchange.requestId }), exchange),
  });

/** What operators do to a coupon in the middle of a sale; recorded with who and why. */
export const operateCouponRoutes = (
  useCases: Pick<CouponUseCases, 'pauseCoupon' | 'resumeCoupon' | 'changeQuantity'>,
): ReadonlyArray<Route> => [
  switchRoute('pause', 'Stop giving out, for now', useCases.pauseCoupon),
  switchRoute('resume', 'Go on giving out', useCases.resumeCoupon),
  route({
    ...shared,
    path: '/api/coupons/:couponId/quantity',
    summary: 'Change how many there are',
    body: quantityChange,
    problems: ['COUPON_NOT_FOUND', 'QUANTITY_BELOW_ISSUED', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: ({ params: { couponId }, body }, exchange) =>
      answer(
        useCases.changeQuantity({
          couponId,
          quantity: body.quantity,
          ...because(body, exchange),
          correlationId: exchange.requestId,
        }),
        exchange,
      ),
  }),
];
