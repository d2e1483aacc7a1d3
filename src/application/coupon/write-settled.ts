import { either as E, type taskEither as TE } from 'fp-ts';
import { appendSurely } from '../kernel/writer/append-surely.js';
import { REJECTIONS_KEPT_SECONDS } from '../kernel/writer/rejected-requests.js';
import { setAsideMessages, type SetAsidePorts } from '../kernel/writer/set-aside.js';
import { type AppendError, type EventStore, NO_STREAM } from '../ports/event-store.js';
import { type MessageLog, type PublishError } from '../ports/message-log.js';
import { couponRejectionsStream, couponStream } from './coupon-streams.js';
import { type HeldCoupon } from './held-coupons.js';
import { type Settled } from './settle-in-order.js';

export interface WriteSettledPorts extends SetAsidePorts {
  readonly eventStore: EventStore;
  readonly log: MessageLog;
}

export type WriteError = AppendError | PublishError;

/**
 * Dead letters, then rejections, then what was granted; answers what is held from now on. The order counts: a dead
 * letter whose answer is recorded is never written again, and whoever reads the coupon and then its rejections finds
 * every rejection decided before that state of the coupon. Anything but a right may have written a part of it;
 * deciding the same messages again completes it.
 */
export const writeSettled =
  (ports: WriteSettledPorts) =>
  (couponId: string, held: HeldCoupon, settled: Settled): TE.TaskEither<WriteError, HeldCoupon> =>
  async () => {
    const append = appendSurely(ports.eventStore);
    const published = await setAsideMessages(ports)(settled.setAside)();
    if (E.isLeft(published)) return published;
    if (settled.rejected.length > 0 && held.rejections.revision === NO_STREAM) {
      const limited = await ports.eventStore.keepFor(couponRejectionsStream(couponId), REJECTIONS_KEPT_SECONDS)();
      if (E.isLeft(limited)) return limited;
    }
    const rejected = await append(couponRejectionsStream(couponId), held.rejections.revision, settled.rejected)();
    if (E.isLeft(rejected)) return rejected;
    const granted = await append(couponStream(couponId), held.coupon.revision, settled.granted)();
    if (E.isLeft(granted)) return granted;
    return E.right({
      partition: held.partition,
      coupon: { ...held.coupon, state: settled.coupon, revision: granted.right.revision },
      rejections: { ...held.rejections, state: settled.rejections, revision: rejected.right.revision },
    });
  };
