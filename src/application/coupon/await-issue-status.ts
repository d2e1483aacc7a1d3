import { either as E, type taskEither as TE } from 'fp-ts';
import { untilFinal, type UntilFinalPorts } from '../projecting/until-final.js';
import { isFinal, type IssueStatus, type IssueStatusById, type IssueStatusError } from './issue-status.js';
import { type IssueStatusOf, type IssueStatusOfUser } from './issue-status-of.js';
import { issueRequestsView } from './views/issue-requests.js';

export interface Waiting {
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

/** The status once it is final, or as it is when the time is over. */
export const awaitIssueStatus =
  (ports: UntilFinalPorts, status: IssueStatusById) =>
  (requestId: string, waiting: Waiting): TE.TaskEither<IssueStatusError, IssueStatus> =>
    untilFinal(ports)({ view: issueRequestsView.name, id: requestId, read: status(requestId), isFinal, ...waiting });

/** The same by coupon and user: what is waited for is the request that was pending at first. */
export const awaitIssueStatusOf =
  (ports: UntilFinalPorts, status: IssueStatusOf) =>
  (
    couponId: string,
    userId: string,
    waiting: Waiting,
  ): TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, IssueStatusOfUser> =>
  async () => {
    const first = await status(couponId, userId)();
    if (E.isLeft(first) || first.right.status !== 'PENDING' || first.right.requestId === undefined) return first;
    return untilFinal(ports)({
      view: issueRequestsView.name,
      id: first.right.requestId,
      read: status(couponId, userId),
      isFinal: (now: IssueStatusOfUser) => now.status !== 'PENDING',
      ...waiting,
    })();
  };
