import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type ChallengeOfCoupon } from '../../../application/coupon/challenge-of-coupon.js';
import { type RequestCouponError } from '../../../application/coupon/request-coupon.js';
import { type RequestGatedCoupon } from '../../../application/coupon/request-gated-coupon.js';
import { type RequireActiveError } from '../../../application/waiting-room/require-active.js';
import { json, problem, withReceipt } from '../answer.js';
import { concerns } from '../identity/access.js';
import { listensToPass, passOf } from '../identity/bearer-token.js';
import { type DemandChallenge, listensToChallenge } from '../limits/demand-challenge.js';
import { messages } from '../messages.js';
import { type Refusal, refused } from '../problems.js';
import { route, type Route } from '../route.js';
import { id, isoOrNull } from '../schemas/fields.js';
import { accepted, issueRequest } from '../schemas/issue.js';

interface Asked {
  readonly couponId: string;
  readonly userId: string;
}

/** Where the result of a request is asked for by an id that was given out here: nobody else has it. */
const statusUrl = (requestId: string): string => `/api/coupons/issue-status/${requestId}`;

/** The same by an id that may be its client's own choice: it counts only together with the coupon and the user. */
const statusUrlOf = ({ couponId, userId }: Asked, requestId: string): string =>
  `${statusUrl(requestId)}?couponId=${couponId}&userId=${userId}`;

const refusal = (error: RequestCouponError | RequireActiveError, asked: Asked): Refusal => {
  switch (error.code) {
    case 'WAITING_REQUIRED':
      return refused(error.code, { scheduleId: error.scheduleId });
    case 'NOT_OPEN':
      return refused(error.code, { opensAt: isoOrNull(error.opensAt) });
    case 'ALREADY_REQUESTED':
    case 'OUTCOME_UNKNOWN':
      return refused(error.code, { requestId: error.requestId, statusUrl: statusUrlOf(asked, error.requestId) });
    default:
      return refused(error.code);
  }
};

interface UseCases {
  readonly challengeOfCoupon: ChallengeOfCoupon;
  readonly requestCoupon: RequestGatedCoupon;
}

/** The way in, and the hot one. */
export const requestCouponRoute = ({ challengeOfCoupon, requestCoupon }: UseCases, demand: DemandChallenge): Route =>
  route({
    method: 'post',
    path: '/api/coupons/:couponId/issue',
    access: concerns('body'),
    isSaleFlow: true,
    tag: 'Coupons',
    summary: 'Ask for a coupon; accepted at once, decided a moment later',
    listensTo: { ...listensToPass, ...listensToChallenge },
    params: z.object({ couponId: id }),
    body: issueRequest,
    answers: {
      202: { description: 'Accepted: ask at Location', schema: accepted, headers: ['Location', 'Retry-After'] },
    },
    problems: [
      'COUPON_NOT_FOUND',
      'SOLD_OUT',
      'ALREADY_REQUESTED',
      'NOT_OPEN',
      'CLOSED',
      'PAUSED',
      'WAITING_REQUIRED',
      'CHALLENGE_REQUIRED',
      'UNAVAILABLE',
      'OUTCOME_UNKNOWN',
    ],
    handle: async ({ params: { couponId }, body: { userId, requestId: given } }, exchange) => {
      const requestId = given ?? exchange.repeatableId;
      const { requestId: correlationId, language } = exchange;
      const challenged = await challengeOfCoupon(couponId);
      if (challenged !== null) {
        const demanded =
          challenged.demands === 'Sale'
            ? refusal(challenged, { couponId, userId })
            : await demand(exchange, challenged.scarce);
        if (demanded !== null) return problem(demanded, language);
      }
      const pass = passOf(exchange);
      const request = {
        couponId,
        userId,
        ...(requestId && { requestId }),
        ...(pass && { pass }),
        correlationId,
      };
      const asked = await requestCoupon(request)();
      if (E.isLeft(asked)) return problem(refusal(asked.left, request), language);
      const { receipt, ...accepted } = asked.right;
      const message = messages[language].notices.PENDING;
      const headers = {
        Location: given === undefined ? statusUrl(accepted.requestId) : statusUrlOf(accepted, accepted.requestId),
        'Retry-After': '1',
      };
      return withReceipt(json(202, { ...accepted, status: 'PENDING', message }, headers), receipt);
    },
  });
