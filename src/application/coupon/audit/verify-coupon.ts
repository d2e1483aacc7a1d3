import { either as E, type taskEither as TE } from 'fp-ts';
import { type Audit, auditing, type AuditPorts, type Verdict } from '../../kernel/audit/audit.js';
import { orAway, unlessAway } from '../../kernel/audit/away.js';
import { replayStream, replayTopic } from '../../kernel/audit/replay.js';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../../kernel/messaging/topics.js';
import { couponRejectionsStream, couponStream, isCouponEvent } from '../coupon-aggregate.js';
import { isCouponRejectionEvent } from '../coupon-rejections-aggregate.js';
import { type CouponFact, type CouponHistory, emptyHistory, evolveHistory, requestIn } from './coupon-history.js';
import { couponRules } from './coupon-rules.js';

export interface CouponVerified extends Verdict {
  readonly couponId: string;
  readonly quantity: number;
  readonly issued: number;
  readonly rejected: number;
}

export type VerifyCouponError = { readonly code: 'COUPON_NOT_FOUND' | 'UNAVAILABLE' };

/** `onProgress`: events and messages read so far. */
export type VerifyCoupon = (
  couponId: string,
  onProgress?: (done: number) => void,
) => TE.TaskEither<VerifyCouponError, CouponVerified>;

/** Everything that is known of a coupon held against its rules; null when there is no such coupon. For `unlessAway`. */
export const auditCoupon =
  ({ eventStore, messageLog, clock }: AuditPorts) =>
  async (couponId: string, onProgress?: (done: number) => void): Promise<Audit<CouponHistory, CouponFact> | null> => {
    const committed = await orAway(messageLog.lag(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP));
    const audit = auditing(couponRules, emptyHistory(clock.now()), evolveHistory);
    const replay = replayStream(eventStore, onProgress);
    const events = await replay(couponStream(couponId), isCouponEvent, (recorded) =>
      audit.see({ of: 'events', recorded }),
    );
    await replay(couponRejectionsStream(couponId), isCouponRejectionEvent, (recorded) =>
      audit.see({ of: 'rejections', recorded }),
    );
    if (events === 0) return null;
    await replayTopic(messageLog, onProgress)(COUPON_ISSUE_REQUESTS, committed, (message) => {
      if (message.key === couponId) audit.see({ of: 'log', message, request: requestIn(message) });
    });
    return audit;
  };

/**
 * Replays what was recorded of a coupon and says whether the sale was fair: from the events alone, and from the log
 * for whether everybody who was accepted got an answer. May be asked in the middle of a sale.
 */
export const verifyCoupon =
  (ports: AuditPorts): VerifyCoupon =>
  (couponId, onProgress) =>
    unlessAway(async () => {
      const audit = await auditCoupon(ports)(couponId, onProgress);
      if (audit === null) return E.left({ code: 'COUPON_NOT_FOUND' });
      const { quantity, issued, rejections } = audit.known();
      return E.right({ ...audit.verdict(), couponId, quantity, issued, rejected: rejections.size });
    });
