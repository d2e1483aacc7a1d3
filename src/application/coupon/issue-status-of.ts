import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { liveReader } from '../kernel/projection/live-reader.js';
import { type IssueStatusPorts } from './issue-status.js';
import { settledRead } from './settled-read.js';
import { answeringIds, isAbandoned, issueRequestsView, ofUser, type RequestDocument } from './views/issue-requests.js';
import { userCouponId, userCouponsView } from './views/user-coupons.js';

export interface IssueStatusOfUser {
  readonly status: 'PENDING' | 'ISSUED' | 'FAILED' | 'NOT_REQUESTED';
  /** Absent only when nothing was requested. */
  readonly requestId?: string;
  /** Why not, when it FAILED. */
  readonly code?: RequestDocument['code'];
}

const outcome = ({ requestId, status, code }: RequestDocument): IssueStatusOfUser => ({
  status: status === 'SUCCESS' ? 'ISSUED' : 'FAILED',
  requestId,
  ...(code !== undefined && { code }),
});

export type IssueStatusOf = (
  couponId: string,
  userId: string,
) => TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, IssueStatusOfUser>;

/**
 * What became of a user's wish for a coupon: issued once is issued; else what is pending; else how the latest request
 * failed. 'UNAVAILABLE' rather than a guess.
 */
export const issueStatusOf = (ports: IssueStatusPorts): IssueStatusOf => {
  const reader = liveReader(ports.readModels);
  return (couponId, userId) => async () => {
    const decided: TE.TaskEither<'ReadModelsUnavailable', O.Option<IssueStatusOfUser>> = async () => {
      const held = await reader.get(userCouponsView, userCouponId(userId, couponId))();
      if (E.isLeft(held)) return held;
      if (O.isSome(held.right)) return E.right(O.some({ status: 'ISSUED', requestId: held.right.value.requestId }));
      const query = { index: 'refused-of-user', key: ofUser(couponId, userId), limit: 1, order: 'descending' } as const;
      const page = await reader.query(issueRequestsView, query)();
      if (E.isLeft(page)) return page;
      const [request] = page.right.items;
      if (request === undefined) return E.right(O.none);
      return E.right(O.some(outcome(request)));
    };

    const first = await decided();
    if (E.isLeft(first)) return E.left({ code: 'UNAVAILABLE' });
    if (O.isSome(first.right) && first.right.value.status === 'ISSUED') return E.right(first.right.value);

    const asked = await ports.gate.requestOf(couponId, userId)();
    if (E.isLeft(asked)) return E.left({ code: 'UNAVAILABLE' });
    if (O.isSome(asked.right)) {
      const requestId = asked.right.value;
      const ids = answeringIds(couponId, { asks: 'ISSUE', userId }, requestId);
      const answers = await reader.getMany(issueRequestsView, ids)();
      if (E.isLeft(answers)) return E.left({ code: 'UNAVAILABLE' });
      const answer = answers.right.find(O.isSome);
      return E.right(
        answer === undefined || isAbandoned(answer.value) ? { status: 'PENDING', requestId } : outcome(answer.value),
      );
    }
    if (O.isSome(first.right)) return E.right(first.right.value);

    for (const view of [userCouponsView, issueRequestsView]) {
      const settled = await settledRead(ports)(view, decided)();
      if (E.isLeft(settled)) return E.left({ code: 'UNAVAILABLE' });
      if (O.isSome(settled.right)) return E.right(settled.right.value);
    }
    return E.right({ status: 'NOT_REQUESTED' });
  };
};
