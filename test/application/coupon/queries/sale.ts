import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { couponProjections } from '../../../../src/application/coupon/coupon-projections.js';
import { couponRejectionsStream, couponStream } from '../../../../src/application/coupon/coupon-aggregate.js';
import { type SetAside } from '../../../../src/application/coupon/set-aside.js';
import { handleParking } from '../../../../src/application/kernel/process/parking/parking-aggregate.js';
import { parkingConsumer, projectionOf } from '../../../../src/application/kernel/projection/projection.js';
import { startProjections } from '../../../../src/application/kernel/projection/start-projections.js';
import { allOutcomesView } from '../../../../src/application/operating/all-projections.js';
import { type Admission } from '../../../../src/application/ports/admission-gate.js';
import { type EventMetadata } from '../../../../src/application/ports/event-store.js';
import { type CouponRequestRejected } from '../../../../src/domain/coupon-rejections/events.js';
import { type CouponEvent } from '../../../../src/domain/coupon/events.js';
import { answerOf, rightOf } from '../../../support/answer-of.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { inMemoryLeases } from '../../../support/in-memory/leases.js';
import { InMemoryMessageLog } from '../../../support/in-memory/message-log.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics, wallClock } from '../../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';

export const AT = Date.UTC(2026, 0, 1);

type Window = Partial<Record<'opensAt' | 'closesAt' | 'usableUntil', number>>;

export const created = (quantity: number, window: Window = {}): CouponEvent => ({
  type: 'CouponCreated',
  couponId: 'c1',
  name: 'Half price',
  quantity,
  discount: { kind: 'PERCENT', value: 50 },
  opensAt: null,
  closesAt: null,
  eventId: null,
  at: AT,
  ...window,
});

export const issuedTo = (userId: string, place: number, requestId = `r-${userId}`): CouponEvent => ({
  type: 'CouponIssued',
  couponId: 'c1',
  userId,
  requestId,
  place,
  at: AT + place,
});

export const rejected = (
  userId: string | null,
  code: CouponRequestRejected['code'],
  requestId = `r-${userId}`,
): CouponRequestRejected => ({ type: 'CouponRequestRejected', couponId: 'c1', userId, requestId, code, at: AT });

const operation = { couponId: 'c1', actor: 'olga', reason: 'a test', at: AT };
export const paused = (requestId: string): CouponEvent => ({ type: 'CouponPaused', ...operation, requestId });
export const resumed = (requestId: string): CouponEvent => ({ type: 'CouponResumed', ...operation, requestId });
export const enlarged = (quantity: number, requestId: string): CouponEvent => ({
  type: 'CouponQuantityChanged',
  ...operation,
  quantity,
  requestId,
});

/** A gate that knows exactly what a test tells it. */
const scriptedGate = () => {
  const pending = new Map<string, Admission>();
  const state = { unavailable: false };
  const keyOf = ({ couponId, userId, requestId }: Omit<Admission, 'at'>) => `${couponId}/${userId}/${requestId}`;
  const answer = <A>(value: () => A): TE.TaskEither<'GateUnavailable', A> =>
    TE.fromIOEither(() => (state.unavailable ? E.left('GateUnavailable') : E.right(value())));
  return {
    state,
    holds: (admission: Admission) => void pending.set(keyOf(admission), admission),
    forgets: (requestId: string) => {
      for (const [key, each] of pending) if (each.requestId === requestId) pending.delete(key);
    },
    pending: (requestId: string) =>
      answer((): ReadonlyArray<Admission> => [...pending.values()].filter((each) => each.requestId === requestId)),
    isPending: (asked: Omit<Admission, 'at'>) => answer(() => pending.has(keyOf(asked))),
    requestOf: (couponId: string, userId: string) =>
      answer(() =>
        O.fromNullable(
          [...pending.values()].find((each) => each.couponId === couponId && each.userId === userId)?.requestId,
        ),
      ),
  };
};

const noneSetAside: SetAside = TE.right(() => TE.right(false));

/** One coupon's sale: events are appended by hand, views follow once started. */
export const sale = () => {
  const events = new InMemoryEventStore();
  const readModels = new InMemoryReadModels();
  const gate = scriptedGate();
  const log = new InMemoryMessageLog();
  const revisions = new Map<string, number>();
  const happened = async (
    happenings: ReadonlyArray<CouponEvent | CouponRequestRejected>,
    metadata: (index: number) => Partial<EventMetadata> = () => ({}),
  ): Promise<number> => {
    let position = -1;
    for (const [index, event] of happenings.entries()) {
      const stream = event.type === 'CouponRequestRejected' ? couponRejectionsStream('c1') : couponStream('c1');
      const expected = revisions.get(stream) ?? -1;
      const id = `${stream}/${expected}`;
      const recorded = { id, event, metadata: { correlationId: 'test', ...metadata(index) } };
      const appended = rightOf(await events.append(stream, expected, [recorded])());
      revisions.set(stream, appended.revision);
      position = appended.position;
    }
    return position;
  };
  const loading = { eventStore: events, snapshots: noSnapshots, logger: recordingLog() };
  const ports = {
    ...loading,
    readModels,
    feed: events,
    gate,
    clock: wallClock,
    messageLog: log,
    setAside: noneSetAside,
  };
  const parking = handleParking({ ...loading, ids: { next: () => 'parked' } });
  return {
    ...ports,
    ports,
    happened,
    /** As where a version before the one that wrote to it keeps the view. */
    parks: (view: { readonly name: string }, streamId: string) => {
      const streams = [{ streamId, revision: 0, eventType: 'NewToUs', reason: 'upgrade first' }];
      return answerOf(parking({ type: 'Park', consumer: parkingConsumer(view), streams, at: AT }, 'test'));
    },
    start: async () => {
      const running = startProjections({
        ...ports,
        log: recordingLog(),
        metrics: recordingMetrics(),
        leases: inMemoryLeases(),
      })([...couponProjections, projectionOf(allOutcomesView)]);
      await running.ready;
      return running;
    },
  };
};
