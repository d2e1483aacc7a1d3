import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { awaitVisibleIn } from '../projecting/await-visible.js';
import { liveReader } from '../projecting/live-reader.js';
import { untilFinal, type UntilFinalPorts } from '../projecting/until-final.js';
import { type AwaitResult } from './operate-coupon.js';
import { couponsView } from './views/coupons.js';
import { answersOf, issueRequestsView, type RequestAnswer } from './views/issue-requests.js';

/** Waits, at most `waitMs`, until an operator's request is answered and the coupon shows it. */
export const awaitResult = (ports: UntilFinalPorts, waitMs: number): AwaitResult => {
  const reader = liveReader(ports.readModels);
  return ({ couponId, requestId }) =>
    async () => {
      const read: TE.TaskEither<'ReadModelsUnavailable', RequestAnswer | undefined> = async () => {
        const found = await reader.get(issueRequestsView, requestId)();
        if (E.isLeft(found)) return found;
        if (O.isNone(found.right)) return E.right(undefined);
        const answers = answersOf(found.right.value);
        return E.right(answers.find((answer) => answer.couponId === couponId && answer.userId === null));
      };
      const answer = await untilFinal(ports)({
        view: issueRequestsView.name,
        id: requestId,
        read,
        isFinal: (known) => known !== undefined,
        waitMs,
      })();
      if (E.isLeft(answer) || answer.right === undefined) return E.left('NotYetVisible');
      const { code, position } = answer.right;
      if (code !== undefined) return E.right({ result: 'Rejected', code });
      const visible = await awaitVisibleIn(ports, waitMs)(couponsView)(position)();
      return E.isLeft(visible) ? visible : E.right({ result: 'CarriedOut' });
    };
};
