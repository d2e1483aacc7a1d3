import { either as E, type taskEither as TE } from 'fp-ts';
import { awaitOutcome, type AwaitOutcomePorts } from '../kernel/outcome/await-outcome.js';
import {
  isFinal,
  type IssueStatus,
  type IssueStatusById,
  type IssueStatusError,
  type RequestAsked,
} from './issue-status.js';
import { type IssueStatusOf, type IssueStatusOfUser } from './issue-status-of.js';
import { issueRequestsView, requestDocumentId } from './views/issue-requests.js';

export interface Waiting {
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

/** The status once it is final, or as it is when the time is over. What was pending at first is what is waited for. */
export const awaitIssueStatus =
  (ports: AwaitOutcomePorts, status: IssueStatusById) =>
  (asked: RequestAsked, waiting: Waiting): TE.TaskEither<IssueStatusError, IssueStatus> =>
  async () => {
    const first = await status(asked)();
    if (E.isLeft(first) || isFinal(first.right) || first.right.userId === null) return first;
    const { requestId, couponId, userId } = first.right;
    return awaitOutcome(ports)({
      view: issueRequestsView.name,
      id: requestDocumentId(couponId, { asks: 'ISSUE', userId }, requestId),
      read: status({ requestId, couponId, userId }),
      isFinal,
      ...waiting,
    })();
  };

/** The same by coupon and user: what is waited for is the request that was pending at first. */
export const awaitIssueStatusOf =
  (ports: AwaitOutcomePorts, status: IssueStatusOf) =>
  (
    couponId: string,
    userId: string,
    waiting: Waiting,
  ): TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, IssueStatusOfUser> =>
  async () => {
    const first = await status(couponId, userId)();
    if (E.isLeft(first) || first.right.status !== 'PENDING' || first.right.requestId === undefined) return first;
    return awaitOutcome(ports)({
      view: issueRequestsView.name,
      id: requestDocumentId(couponId, { asks: 'ISSUE', userId }, first.right.requestId),
      read: status(couponId, userId),
      isFinal: (now: IssueStatusOfUser) => now.status !== 'PENDING',
      ...waiting,
    })();
  };
