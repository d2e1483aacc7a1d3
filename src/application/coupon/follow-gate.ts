import { taskEither as TE } from 'fp-ts';
import { type CouponRequestRejected } from '../../domain/coupon-rejections/events.js';
import { orThrow } from '../kernel/or-throw.js';
import { type AdmissionGate, type GateChange } from '../ports/admission-gate.js';
import { type EventFeed, type FeedBatch, type Subscription } from '../ports/event-feed.js';
import { type RecordedEvent } from '../ports/event-store.js';
import { isCouponEvent } from './coupon-aggregate.js';
import { isCouponRequestRejected } from './coupon-rejections-aggregate.js';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS } from './coupon-streams.js';
import { toGateChange } from './to-gate-change.js';

export interface FollowGatePorts {
  readonly gate: AdmissionGate;
  readonly feed: EventFeed;
}

/** A rejection that does not say whose request it was: the gate knows, if just one such request is pending there. */
const rejected = async (
  gate: AdmissionGate,
  { couponId, userId, requestId }: CouponRequestRejected,
): Promise<ReadonlyArray<GateChange>> => {
  if (userId !== null) return [{ change: 'Rejected', couponId, userId, requestId }];
  const [asked, ...others] = orThrow(await gate.pending(requestId)()).filter((each) => each.couponId === couponId);
  return asked === undefined || others.length > 0
    ? []
    : [{ change: 'Rejected', couponId, userId: asked.userId, requestId }];
};

/** What the gate makes of an event, before anything is asked. */
export const gateLook = ({ event, revision }: RecordedEvent): unknown =>
  isCouponEvent(event) ? toGateChange(event, revision) : null;

const toChanges = async (
  gate: AdmissionGate,
  { event, revision }: RecordedEvent,
): Promise<ReadonlyArray<GateChange>> => {
  if (isCouponEvent(event)) return [toGateChange(event, revision)];
  return isCouponRequestRejected(event) ? rejected(gate, event) : [];
};

const applyTo =
  (gate: AdmissionGate) =>
  async ({ events }: FeedBatch): Promise<void> => {
    const changes: GateChange[] = [];
    for (const event of events) changes.push(...(await toChanges(gate, event)));
    if (changes.length > 0) orThrow(await gate.apply(changes)());
  };

/**
 * Keeps a gate current from now on; what it does not know yet it loads from events by itself, when asked. Start it
 * before requests are let in. While the gate is away the changes wait.
 */
export const followGate = ({ gate, feed }: FollowGatePorts): TE.TaskEither<'EventStoreUnavailable', Subscription> =>
  TE.map((head: number) =>
    feed.subscribe(head, applyTo(gate), { streamPrefixes: [COUPON_STREAMS, COUPON_REJECTION_STREAMS] }),
  )(feed.head());
