import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { contentOf } from '../../domain/coupon/operation.js';
import { awaitVisibleIn } from '../kernel/projection/await-visible.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { awaitOutcome, type AwaitOutcomePorts } from '../kernel/outcome/await-outcome.js';
import { type AwaitResult } from './operate-coupon.js';
import { couponsView } from './views/coupons.js';
import { answeringIds, issueRequestsView, requestDocumentId, type RequestDocument } from './views/issue-requests.js';

/** Waits, at most `waitMs`, until an operator's request is answered and the coupon shows it. */
export const awaitResult = (ports: AwaitOutcomePorts, waitMs: number): AwaitResult => {
  const reader = liveReader(ports.readModels);
  return ({ couponId, actor, requestId, operation }) => {
    const asker = { asks: 'OPERATION', actor } as const;
    const read = F.pipe(
      reader.getMany(issueRequestsView, answeringIds(couponId, asker, requestId)),
      TE.map((found): O.Option<RequestDocument> => found.find(O.isSome) ?? O.none),
    );
    return async () => {
      const answer = await awaitOutcome(ports)({
        view: issueRequestsView.name,
        id: requestDocumentId(couponId, asker, requestId),
        read,
        isFinal: O.isSome,
        waitMs,
      })();
      if (E.isLeft(answer) || O.isNone(answer.right)) return E.left('NotYetVisible');
      const { code, content, position } = answer.right.value;
      // The id was used before, for something else: that is what was answered.
      if (content !== undefined && content !== contentOf(operation)) return E.right({ result: 'IdReused' });
      if (code !== undefined) return E.right({ result: 'Rejected', code });
      const visible = await awaitVisibleIn(ports, waitMs)(couponsView)(position)();
      return E.isLeft(visible) ? visible : E.right({ result: 'CarriedOut' });
    };
  };
};
