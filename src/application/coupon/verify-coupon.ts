import { either as E, type taskEither as TE } from 'fp-ts';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { type Clock } from '../ports/clock.js';
import { type EventBody, type EventStore, type RecordedEvent } from '../ports/event-store.js';
import { type MessageLog } from '../ports/message-log.js';
import { isCouponEvent } from './coupon-aggregate.js';
import { isCouponRejectionEvent } from './coupon-rejections-aggregate.js';
import { couponRejectionsStream, couponStream } from './coupon-streams.js';
import { auditAnswers } from './verifying/audit-answers.js';
import { auditEvents } from './verifying/audit-events.js';
import { type Check } from '../kernel/audit/check.js';

export interface CouponVerified {
  readonly verdict: 'PASS' | 'FAIL';
  readonly couponId: string;
  readonly quantity: number;
  readonly issued: number;
  readonly rejected: number;
  readonly checks: ReadonlyArray<Check>;
}

export interface VerifyingProgress {
  readonly reading: 'events' | 'rejections' | 'log';
  /** Events or messages read of it so far. */
  readonly done: number;
}

export type VerifyCouponError = { readonly code: 'COUPON_NOT_FOUND' | 'UNAVAILABLE' };

export type VerifyCoupon = (
  couponId: string,
  onProgress?: (progress: VerifyingProgress) => void,
) => TE.TaskEither<VerifyCouponError, CouponVerified>;

export interface VerifyCouponPorts {
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly messageLog: Pick<MessageLog, 'read' | 'lag'>;
  readonly clock: Clock;
}

const PAGE = 1_000;

/** Hands every event of a stream to `see`, a page in memory at a time; how many, or null when the store is away. */
const readAll = async (
  { eventStore }: VerifyCouponPorts,
  stream: string,
  see: (recorded: RecordedEvent) => void,
  onProgress: (done: number) => void,
): Promise<number | null> => {
  let done = 0;
  for (let from = 0; ;) {
    const page = await eventStore.readStream(stream, from, PAGE)();
    if (E.isLeft(page)) return null;
    page.right.forEach(see);
    onProgress((done += page.right.length));
    const last = page.right.at(-1);
    if (last === undefined || page.right.length < PAGE) return done;
    from = last.revision + 1;
  }
};

const isOf =
  <Event extends EventBody>(guard: (event: EventBody) => event is Event) =>
  (recorded: RecordedEvent): recorded is RecordedEvent<Event> =>
    guard(recorded.event);

const isOfCoupon = isOf(isCouponEvent);
const isRejection = isOf(isCouponRejectionEvent);

/**
 * Replays what was recorded of a coupon and says whether the sale was fair: from the events alone, and from the log
 * for whether everybody who was accepted got an answer. May be asked in the middle of a sale.
 */
export const verifyCoupon =
  (ports: VerifyCouponPorts): VerifyCoupon =>
  (couponId, onProgress = () => undefined) =>
  async () => {
    // What is committed now is answered by now: so it is asked for before the events are read.
    const committed = await ports.messageLog.lag(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP)();
    if (E.isLeft(committed)) return E.left({ code: 'UNAVAILABLE' });

    const audit = auditEvents();
    const events = await readAll(
      ports,
      couponStream(couponId),
      (recorded) => {
        if (isOfCoupon(recorded)) audit.see(recorded);
      },
      (done) => onProgress({ reading: 'events', done }),
    );
    const rejections = await readAll(
      ports,
      couponRejectionsStream(couponId),
      (recorded) => {
        if (isRejection(recorded)) audit.seeRejection(recorded);
      },
      (done) => onProgress({ reading: 'rejections', done }),
    );
    if (events === null || rejections === null) return E.left({ code: 'UNAVAILABLE' });
    if (events === 0) return E.left({ code: 'COUPON_NOT_FOUND' });

    const answers = await auditAnswers(ports.messageLog, couponId, committed.right, audit, ports.clock.now(), (done) =>
      onProgress({ reading: 'log', done }),
    );
    if (answers === null) return E.left({ code: 'UNAVAILABLE' });
    const checks = [...audit.checks(), answers];
    return E.right({
      verdict: checks.every(({ ok }) => ok) ? 'PASS' : 'FAIL',
      couponId,
      quantity: audit.quantity(),
      issued: audit.issued(),
      rejected: audit.rejected(),
      checks,
    });
  };
