import { either as E, taskEither as TE } from 'fp-ts';
import { couponById } from '../../../src/application/coupon/coupon-by-id.js';
import { couponProjections } from '../../../src/application/coupon/coupon-projections.js';
import { createCoupon } from '../../../src/application/coupon/create-coupon.js';
import { startProjections } from '../../../src/application/kernel/projection/start-projections.js';
import { type EventFeed } from '../../../src/application/ports/event-feed.js';
import { type SecondClock } from '../../../src/application/ports/second-clock.js';
import { type Reminders } from '../../../src/application/ports/reminders.js';
import { eventProjections } from '../../../src/application/shop-event/events.js';
import { openEvent } from '../../../src/application/shop-event/open-event.js';
import { scheduleEvent } from '../../../src/application/shop-event/schedule-event.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { inMemoryLeases } from '../../support/in-memory/leases.js';
import { InMemoryMessageLog } from '../../support/in-memory/message-log.js';
import { noSnapshots } from '../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics, wallClock } from '../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../support/in-memory/read-models.js';
import { movedClock } from '../../support/moved-clock.js';

export const right = async <A>(answer: TE.TaskEither<unknown, A>): Promise<A> => {
  const given = await answer();
  if (E.isLeft(given)) throw new Error(`Answered ${JSON.stringify(given.left)}`);
  return given.right;
};

/** Events of the shop and coupons over ports in memory; their clock stands still until it is moved. */
export const eventSetting = () => {
  const clock = movedClock();
  const store = new InMemoryEventStore(clock.now);
  const readModels = new InMemoryReadModels();
  const log = new InMemoryMessageLog(clock.now);
  const metrics = recordingMetrics();
  let next = 0;
  /** The second clock goes as the first, until a test says otherwise. */
  const second = { aheadMs: 0, isAway: false };
  const secondClock: SecondClock = {
    now: () => async () => (second.isAway ? E.left('ClockUnavailable') : E.right(clock.now() + second.aheadMs)),
  };
  const reminded = new Map<string, number>();
  const reminders: Reminders = {
    remind: (id, at) => void reminded.set(id, at),
    forget: (id) => void reminded.delete(id),
    listen: () => () => undefined,
  };
  const ids = { next: () => `id-${++next}` };
  const logger = recordingLog();
  const ports = {
    eventStore: store,
    feed: store,
    snapshots: noSnapshots,
    logger,
    log,
    readModels,
    clock,
    secondClock,
    reminders,
    ids,
    metrics,
    awaitVisible: () => async () => E.right(undefined),
  };
  /** Waits between two looks are real: nobody moves this clock for them. */
  const calledOff: string[] = [];
  const callOffOrders = ({ eventId }: { readonly eventId: string }) => TE.fromIO(() => void calledOff.push(eventId));
  const waiting = { ...ports, callOffOrders, clock: { ...wallClock, now: clock.now } };
  const projecting = { feed: store, readModels, leases: inMemoryLeases(), clock: wallClock, log: logger, metrics };
  return {
    ports,
    waiting,
    /** Events whose orders were called off. */
    calledOff,
    clock,
    second,
    reminded,
    store,
    readModels,
    log,
    metrics,
    schedule: (eventId: string, inMs: number) =>
      right(
        scheduleEvent(ports)({
          eventId,
          name: eventId,
          opensAt: clock.now() + inMs,
          scheduleId: null,
          correlationId: 'test',
        }),
      ),
    open: openEvent(ports),
    coupon: (couponId: string, eventId: string | null) =>
      right(
        createCoupon({ ...ports, couponById: couponById(ports) })({
          couponId,
          name: couponId,
          quantity: 10,
          discount: { kind: 'PERCENT', value: 10 },
          opensAt: null,
          closesAt: null,
          eventId,
          correlationId: 'test',
        }),
      ),
    project: (feed: EventFeed = store) =>
      startProjections({ ...projecting, feed })([...couponProjections, ...eventProjections]),
  };
};
