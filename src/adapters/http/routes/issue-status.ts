import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type IssueStatusById } from '../../../application/coupon/issue-status.js';
import { type IssueStatusOf } from '../../../application/coupon/issue-status-of.js';
import { json, problem } from '../answer.js';
import { messages } from '../messages.js';
import { outcomeMessage } from '../outcome-message.js';
import { type Refusal, tryAgain } from '../problems.js';
import { concerns } from '../identity/access.js';
import { nothing, route, type Route } from '../route.js';
import { id, iso } from '../schemas/fields.js';
import { issueStatus, userIssueStatus } from '../schemas/issue.js';
import { listensToPrefer, type LongPoll } from '../long-poll.js';

const refusal = (error: { readonly code: 'REQUEST_NOT_FOUND' | 'REQUEST_ID_AMBIGUOUS' | 'UNAVAILABLE' }): Refusal => {
  switch (error.code) {
    case 'REQUEST_NOT_FOUND':
    case 'REQUEST_ID_AMBIGUOUS':
      return { code: error.code };
    case 'UNAVAILABLE':
      return tryAgain(error.code);
  }
};

/** What became of a request, by its id. */
export const issueStatusRoute = (
  {
    issueStatus: statusOf,
  }: {
    readonly issueStatus: IssueStatusById;
  },
  longPoll: LongPoll,
): Route =>
  route({
    method: 'get',
    path: '/api/coupons/issue-status/:requestId',
    access: concerns('request'),
    tag: 'Coupons',
    summary: 'What became of a request',
    listensTo: listensToPrefer,
    params: z.object({ requestId: id }),
    query: z.object({
      couponId: id.optional().meta({ description: 'The coupon that was asked for.' }),
      userId: id
        .optional()
        .meta({ description: 'Who asked: needed when a client chose the requestId, as Location shows.' }),
    }),
    body: nothing,
    answers: { 200: { description: 'Its state', schema: issueStatus } },
    problems: ['REQUEST_NOT_FOUND', 'REQUEST_ID_AMBIGUOUS', 'UNAVAILABLE'],
    handle: async ({ params: { requestId }, query: { couponId, userId } }, exchange) => {
      const { caller } = exchange;
      const asked = { requestId, ...(couponId && { couponId }), ...(userId && { userId }) };
      const { found, headers } = await longPoll(exchange, (until) => statusOf(asked, until)());
      if (E.isLeft(found)) return problem(refusal(found.left), exchange.language);
      if (caller.kind === 'user' && found.right.userId !== caller.userId)
        return problem({ code: 'REQUEST_NOT_FOUND' }, exchange.language);
      const { userId: owner, processedAt, supersedes, ...status } = found.right;
      const carriedOut = status.status === 'SUCCESS' && owner === null;
      const outcome = outcomeMessage(exchange.language, carriedOut ? { status: 'CARRIED_OUT' } : status);
      const again = supersedes === undefined ? '' : ` ${messages[exchange.language].notices.DECIDED_ANEW}`;
      return json(
        200,
        {
          ...status,
          ...(owner !== null && { userId: owner }),
          message: `${outcome}${again}`,
          ...(supersedes !== undefined && { supersedes: { ...supersedes, processedAt: iso(supersedes.processedAt) } }),
          ...(processedAt !== null && { processedAt: iso(processedAt) }),
        },
        headers,
      );
    },
  });

/** What became of a user's request for a coupon. */
export const userIssueStatusRoute = (
  {
    issueStatusOf,
  }: {
    readonly issueStatusOf: IssueStatusOf;
  },
  longPoll: LongPoll,
): Route =>
  route({
    method: 'get',
    path: '/api/coupons/:couponId/issue-status',
    access: concerns('request'),
    tag: 'Coupons',
    summary: "What became of a user's request for this coupon",
    listensTo: listensToPrefer,
    params: z.object({ couponId: id }),
    query: z.object({ userId: id }),
    body: nothing,
    answers: { 200: { description: 'Its state', schema: userIssueStatus } },
    problems: ['REQUEST_NOT_FOUND', 'UNAVAILABLE'],
    handle: async ({ params: { couponId }, query: { userId } }, exchange) => {
      const { found, headers } = await longPoll(exchange, (until) => issueStatusOf(couponId, userId, until)());
      if (E.isLeft(found)) return problem(refusal(found.left), exchange.language);
      const message = outcomeMessage(exchange.language, found.right);
      return json(200, { ...found.right, message }, headers);
    },
  });
