import createApi from 'openapi-fetch';
import { answerOf } from './answer.js';
import { type paths } from './api.js';
import { type Api, Call } from './call.js';
import { couponCalls } from './coupons.js';
import { listening } from './listen.js';
import { orderCalls, paymentCalls } from './orders.js';
import { sending, type SendOptions } from './send.js';
import { waitingRoomCalls } from './waiting-room.js';

export { type Answer, answerOf, type Fetched, type Problem, type Unanswered } from './answer.js';
export { type components, type paths } from './api.js';
export { type AskForCoupon, type CouponOutcome, type CouponRequest } from './coupons.js';
export { type Listening } from './listen.js';
export { newId } from './new-id.js';
export { type Notice, type NoticeKind, type Notices } from './notices.js';
export { type Fetch, type Retry, type Sent } from './send.js';
export { solveAltcha, type SolveChallenge } from './solve-altcha.js';
export { type Admitted, type NotAdmitted } from './waiting-room.js';

export interface ClientOptions extends SendOptions {
  /** Where the server is, for example `https://sale.example`. A page of its own says `location.origin`. */
  readonly url: string;
}

/**
 * A shop's way to Doorbuster. A refusal is an answer, never thrown: `answer.ok` tells, `answer.problem.code` says why. What
 * may be sent again without harm is sent again when the server is away or says so.
 */
export const createClient = ({ url, ...options }: ClientOptions) => {
  const baseUrl = url.replace(/\/+$/, '');
  const send = sending(options);
  const api: Api = createApi<paths, 'application/json' | 'application/problem+json'>({
    baseUrl,
    fetch: send.once,
    Request: Call,
  });
  const coupons = couponCalls(api, send);
  return {
    /** Every operation of the server, typed: `client.api.GET('/api/coupons/{couponId}', …)`. */
    api,
    coupons,
    requestCoupon: coupons.request,
    waitingRoom: waitingRoomCalls(api, send),
    orders: orderCalls(api),
    payments: paymentCalls(api),
    notices: {
      listen: listening(baseUrl, send),
      /** Opens one stream of this user, once: for a page that has no credential of its own. */
      ticket: (userId: string) => answerOf(api.POST('/api/sse/tickets', { body: { userId }, fetch: send.repeatable })),
    },
  };
};

export type Client = ReturnType<typeof createClient>;
