import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { liveReader } from '../kernel/projection/live-reader.js';
import { type RejectionCode } from '../../domain/coupon-rejections/events.js';
import { awaitOutcome } from '../kernel/outcome/await-outcome.js';
import { DONE } from '../kernel/outcome/outcomes.js';
import { readAtHead } from '../kernel/projection/read-at-head.js';
import {
  answeringIds,
  type CouponOutcome,
  couponOutcomeId,
  couponOutcomes,
  isAbandoned,
  ofUser,
  REFUSED_OF_USER,
} from './coupon-outcomes.js';
import { mayAnswer } from './coupon-aggregate.js';
import { type IssueStatusPorts, type Waiting } from './request-status.js';
import { userCouponId, userCouponsView } from './user-coupons.js';

export interface IssueStatusOfUser {
  readonly status: 'PENDING' | 'ISSUED' | 'FAILED' | 'NOT_REQUESTED';
  /** Absent only when nothing was requested. */
  readonly requestId?: string;
  /** Why not, when it FAILED. */
  readonly code?: RejectionCode;
}

const decided = ({ requestId, result }: CouponOutcome): IssueStatusOfUser =>
  result === DONE ? { status: 'ISSUED', requestId } : { status: 'FAILED', requestId, code: result };

export type IssueStatusOf = (
  couponId: string,
  userId: string,
  waiting?: Waiting,
) => TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, IssueStatusOfUser>;

const statusNow = (ports: IssueStatusPorts) => {
  const [reader, atHead] = [liveReader(ports.readModels), readAtHead(ports)];
  return (couponId: string, userId: string): ReturnType<IssueStatusOf> =>
    async () => {
      const read: TE.TaskEither<'ReadModelsUnavailable', O.Option<IssueStatusOfUser>> = async () => {
        const held = await reader.get(userCouponsView, userCouponId(userId, couponId))();
        if (E.isLeft(held)) return held;
        if (O.isSome(held.right)) return E.right(O.some({ status: 'ISSUED', requestId: held.right.value.requestId }));
        const query = { index: REFUSED_OF_USER, key: ofUser(couponId, userId), limit: 1, order: 'descending' } as const;
        const page = await reader.query(couponOutcomes, query)();
        if (E.isLeft(page)) return page;
        const [request] = page.right.items;
        if (request === undefined) return E.right(O.none);
        return E.right(O.some(decided(request)));
      };

      const first = await read();
      if (E.isLeft(first)) return E.left({ code: 'UNAVAILABLE' });
      if (O.isSome(first.right) && first.right.value.status === 'ISSUED') return E.right(first.right.value);

      const asked = await ports.gate.requestOf(couponId, userId)();
      if (E.isLeft(asked)) return E.left({ code: 'UNAVAILABLE' });
      if (O.isSome(asked.right)) {
        const requestId = asked.right.value;
        const ids = answeringIds(couponId, { asks: 'ISSUE', userId }, requestId);
        const answers = await reader.getMany(couponOutcomes, ids)();
        if (E.isLeft(answers)) return E.left({ code: 'UNAVAILABLE' });
        const answer = answers.right.find(O.isSome);
        return E.right(
          answer === undefined || isAbandoned(answer.value) ? { status: 'PENDING', requestId } : decided(answer.value),
        );
      }
      if (O.isSome(first.right)) return E.right(first.right.value);

      const mayLack = (streamId: string): boolean => mayAnswer(streamId, couponId);
      for (const view of [userCouponsView, couponOutcomes]) {
        const last = await atHead(view, read, { isEnough: O.isSome, mayLack })();
        if (E.isLeft(last)) return E.left({ code: 'UNAVAILABLE' });
        if (O.isSome(last.right)) return E.right(last.right.value);
      }
      return E.right({ status: 'NOT_REQUESTED' });
    };
};

const isFinal = ({ status }: IssueStatusOfUser): boolean => status !== 'PENDING';

/**
 * The state of a user's requests for a coupon: issued if one was granted; else the pending one, which is waited for; else how the
 * latest request failed. 'UNAVAILABLE' rather than a guess.
 */
export const issueStatusOf = (ports: IssueStatusPorts): IssueStatusOf => {
  const now = statusNow(ports);
  return (couponId, userId, waiting = { waitMs: 0 }) =>
    async () => {
      const read = now(couponId, userId);
      const first = await read();
      if (E.isLeft(first) || isFinal(first.right) || waiting.waitMs <= 0) return first;
      const { requestId } = first.right;
      if (requestId === undefined) return first;
      const id = couponOutcomeId(couponId, { asks: 'ISSUE', userId }, requestId);
      return awaitOutcome(ports)({ view: couponOutcomes.name, id, read, isFinal, ...waiting })();
    };
};
