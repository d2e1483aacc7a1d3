import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { couponRejectionsStream, couponStream } from '../../coupon/coupon-aggregate.js';
import { isVoidMessage } from '../../coupon/coupon-request-message.js';
import { type SetAside } from '../../coupon/set-aside.js';
import { COUPON_ISSUE_DLQ, COUPON_ISSUE_REQUESTS, monitorGroup } from '../../kernel/messaging/topics.js';
import { parkingAggregate, parkingStream } from '../../kernel/process/parking/parking-aggregate.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { readAtHead, type ReadAtHeadPorts } from '../../kernel/projection/read-at-head.js';
import { readAggregate, whenUnreadable } from '../../kernel/writer/load-aggregate.js';
import { writerConsumer } from '../../kernel/writer/park-key.js';
import { type MessageLog } from '../../ports/message-log.js';
import { deadLettersView, openRequests } from './dead-letters-view.js';

export interface RequestsSetAsidePorts extends ReadAtHeadPorts {
  readonly messageLog: Pick<MessageLog, 'lag'>;
}

/** So many open dead letters of one request id and coupon are looked through; where there are more, one may be of this request. */
const LOOKED_THROUGH = 100;

/**
 * Requests of coupons that their writer has parked, and those with an open dead letter. A dead letter is on its topic before
 * its coupon is parked, but seen by queries only later: so nothing is said until all of the topic is recorded and visible.
 */
export const requestsSetAside = (ports: RequestsSetAsidePorts): SetAside => {
  const reader = liveReader(ports.readModels);
  const [load, atHead] = [readAggregate(ports), readAtHead(ports)];
  const unknown = E.left('AnswerUnavailable' as const);

  const allRecorded = async (): Promise<boolean> => {
    const lags = await ports.messageLog.lag(COUPON_ISSUE_DLQ, monitorGroup(COUPON_ISSUE_DLQ))();
    return E.isRight(lags) && lags.right.every(({ committed, head }) => committed >= head);
  };

  return async () => {
    if (!(await allRecorded())) return unknown;
    if (E.isLeft(await atHead(deadLettersView, TE.right(undefined))())) return unknown;
    const parkedNow = load(parkingAggregate, parkingStream(writerConsumer(COUPON_ISSUE_REQUESTS)));
    const parked = await parkedNow().catch(whenUnreadable(() => E.left('EventStoreUnavailable' as const)));
    if (E.isLeft(parked)) return unknown;
    const { state } = parked.right;

    return E.right(({ couponId, userId, requestId }) => {
      if (state.has(couponStream(couponId)) || state.has(couponRejectionsStream(couponId))) return TE.right(true);
      const asked = openRequests({ topic: COUPON_ISSUE_REQUESTS, key: couponId, requestId });
      return F.pipe(
        reader.query(deadLettersView, { ...asked, limit: LOOKED_THROUGH }),
        TE.bimap(
          () => 'AnswerUnavailable' as const,
          // A message of an older version does not name its user in the headers: it may be this one's.
          ({ items, nextCursor }) =>
            nextCursor !== null ||
            items.some(({ headers }) => !isVoidMessage({ headers }) && (headers['user-id'] ?? userId) === userId),
        ),
      );
    });
  };
};
