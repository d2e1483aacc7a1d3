import { answerOf } from './answer.js';
import { type components } from './api.js';
import { type Api } from './call.js';
import { newId } from './new-id.js';
import { withPass } from './pass.js';
import { aLittleLater, pause } from './pause.js';
import { type Send } from './send.js';

type IssueStatus = components['schemas']['IssueStatus'];

/** What came of a request: no longer PROCESSING. */
export type CouponOutcome = IssueStatus & { readonly status: Exclude<IssueStatus['status'], 'PROCESSING'> };

export interface CouponRequest {
  readonly requestId: string;
  readonly couponId: string;
  readonly userId?: string | undefined;
}

export interface AskForCoupon {
  readonly couponId: string;
  /** May be left out by a user; a service names whom it asks for. */
  readonly userId?: string | undefined;
  /** Who repeats it with the same id asks once. Default: a new one. */
  readonly requestId?: string | undefined;
  /** Of the waiting room, where there is one in front of the sale. */
  readonly pass?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Waiting {
  readonly signal?: AbortSignal | undefined;
}

/** The server holds an answer back at most for so long, seconds. */
const WAIT_SECONDS = 20;
/** After an answer that was not held back: the server is draining, or too many wait. */
const AGAIN_MS = 1_000;

const isFinal = (status: IssueStatus): status is CouponOutcome => status.status !== 'PROCESSING';

export const couponCalls = (api: Api, { repeatable }: Pick<Send, 'repeatable'>) => {
  const statusOf = ({ requestId, couponId, userId }: CouponRequest, signal: AbortSignal | undefined) =>
    answerOf(
      api.GET('/api/coupons/issue-status/{requestId}', {
        params: { path: { requestId }, query: { couponId, ...(userId !== undefined && { userId }) } },
        headers: { prefer: `wait=${WAIT_SECONDS}` },
        ...(signal && { signal }),
      }),
      signal,
    );

  /** Waits for the final outcome of a request that was accepted, now or long ago. Throws only when `signal` aborts. */
  const result = async (request: CouponRequest, { signal }: Waiting = {}) => {
    for (;;) {
      const askedAt = performance.now();
      const answer = await statusOf(request, signal);
      if (!answer.ok) return answer;
      if (isFinal(answer.value)) return { ...answer, value: answer.value };
      if (performance.now() - askedAt < AGAIN_MS) await pause(aLittleLater(AGAIN_MS), signal);
    }
  };

  return {
    result,
    /** Asks for a coupon: accepted at once, decided a moment later; `value.result()` waits for what comes of it. */
    request: async ({ couponId, userId, requestId = newId(), pass, signal }: AskForCoupon) => {
      const asked = await answerOf(
        api.POST('/api/coupons/{couponId}/issue', {
          params: { path: { couponId } },
          body: { ...(userId !== undefined && { userId }), requestId },
          headers: withPass(pass),
          fetch: repeatable,
          ...(signal && { signal }),
        }),
        signal,
      );
      if (!asked.ok) return asked;
      const accepted = asked.value;
      return { ...asked, value: { ...accepted, result: (waiting?: Waiting) => result(accepted, waiting) } };
    },
    get: (couponId: string) => answerOf(api.GET('/api/coupons/{couponId}', { params: { path: { couponId } } })),
    ofUser: (userId: string, page: { readonly cursor?: string; readonly limit?: number } = {}) =>
      answerOf(api.GET('/api/users/{userId}/coupons', { params: { path: { userId }, query: page } })),
  };
};
