import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type IssueStatusById } from '../../../application/coupon/issue-status.js';
import { type IssueStatusOf } from '../../../application/coupon/issue-status-of.js';
import { found, json, problem } from '../answer.js';
import { type Language } from '../language.js';
import { messages, type NoticeKey } from '../messages.js';
import { refused } from '../problems.js';
import { concerns } from '../identity/access.js';
import { route, type Route } from '../route.js';
import { id, iso } from '../schemas/fields.js';
import { issueStatus, userIssueStatus } from '../schemas/issue.js';
import { listensToPrefer, type LongPoll } from '../long-poll.js';
import { type RejectionCode } from '../../../domain/coupon-rejections/events.js';

/** Why a request led to nothing, in every language. */
export const reasons: Readonly<Record<Language, Readonly<Record<RejectionCode, string>>>> = {
  en: {
    COUPON_NOT_FOUND: 'There is no coupon with this id.',
    NOT_OPEN: 'The coupon was not given out yet when your turn came.',
    CLOSED: 'The coupon was no longer given out when your turn came.',
    PAUSED: 'Giving out the coupon was paused when your turn came.',
    ALREADY_ISSUED: messages.en.notices.ALREADY_ISSUED,
    OUT_OF_STOCK: messages.en.notices.OUT_OF_STOCK,
    QUANTITY_BELOW_ISSUED: 'More coupons than that were issued already.',
    INVALID_WINDOW: 'Giving out and using must end after giving out begins.',
    ABANDONED: 'Your request was lost before it could be decided; nothing was taken.',
    UNPROCESSABLE: 'Your request could not be processed; operators have been told.',
  },
  ko: {
    COUPON_NOT_FOUND: '해당 쿠폰이 없습니다.',
    NOT_OPEN: '순서가 되었을 때 아직 발급이 시작되지 않았습니다.',
    CLOSED: '순서가 되었을 때 발급이 종료되었습니다.',
    PAUSED: '순서가 되었을 때 발급이 일시 중지되었습니다.',
    ALREADY_ISSUED: messages.ko.notices.ALREADY_ISSUED,
    OUT_OF_STOCK: messages.ko.notices.OUT_OF_STOCK,
    QUANTITY_BELOW_ISSUED: '이미 그보다 많은 쿠폰이 발급되었습니다.',
    INVALID_WINDOW: '발급 종료와 사용 종료는 발급 시작보다 뒤여야 합니다.',
    ABANDONED: '요청이 처리되기 전에 유실되었습니다. 차감된 것은 없습니다.',
    UNPROCESSABLE: '요청을 처리할 수 없었습니다. 운영자에게 알렸습니다.',
  },
};

/** What became of a request, in words; of one that failed, why. */
const outcomeMessage = (
  language: Language,
  { status, code }: { readonly status: NoticeKey; readonly code?: RejectionCode },
): string => (code === undefined ? messages[language].notices[status] : reasons[language][code]);

/** What became of a request, by its id. */
export const issueStatusRoute = (
  { issueStatus: statusOf }: { readonly issueStatus: IssueStatusById },
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
      couponId: id.exactOptional().describe('The coupon that was asked for.'),
      userId: id.exactOptional().describe('Who asked: needed when a client chose the requestId, as Location shows.'),
    }),
    answers: { 200: { description: 'Its state', schema: issueStatus } },
    problems: ['REQUEST_NOT_FOUND', 'REQUEST_ID_AMBIGUOUS', 'UNAVAILABLE'],
    handle: ({ params, query }, exchange) =>
      longPoll(exchange, async (until) => {
        const { caller, language } = exchange;
        const seen = await statusOf({ ...params, ...query }, until)();
        if (E.isLeft(seen)) return problem(refused(seen.left.code), language);
        const { userId: owner, processedAt, supersedes, ...status } = seen.right;
        if (caller.kind === 'user' && owner !== caller.userId) return problem({ code: 'REQUEST_NOT_FOUND' }, language);
        const carriedOut = status.status === 'SUCCESS' && owner === null;
        const outcome = outcomeMessage(language, carriedOut ? { status: 'CARRIED_OUT' } : status);
        const again = supersedes === undefined ? '' : ` ${messages[language].notices.DECIDED_ANEW}`;
        return json(200, {
          ...status,
          ...(owner !== null && { userId: owner }),
          message: `${outcome}${again}`,
          ...(supersedes !== undefined && { supersedes: { ...supersedes, processedAt: iso(supersedes.processedAt) } }),
          ...(processedAt !== null && { processedAt: iso(processedAt) }),
        });
      }),
  });

/** What became of a user's request for a coupon. */
export const userIssueStatusRoute = (
  { issueStatusOf }: { readonly issueStatusOf: IssueStatusOf },
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
    answers: { 200: { description: 'Its state', schema: userIssueStatus } },
    problems: ['REQUEST_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params: { couponId }, query: { userId } }, exchange) =>
      longPoll(exchange, (until) =>
        found(issueStatusOf(couponId, userId, until), exchange, (seen) => ({
          ...seen,
          message: outcomeMessage(exchange.language, seen),
        })),
      ),
  });
