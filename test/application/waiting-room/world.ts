import { nothingParked } from '../../support/running.js';
import { option as O, taskEither as TE } from 'fp-ts';
import { inProcessPresence } from '../../../src/adapters/embedded/in-process.js';
import { topics, WAITING_TOKEN } from '../../../src/application/kernel/messaging/topics.js';
import { deadlinesView } from '../../../src/application/kernel/process/deadlines/deadline.js';
import { runDeadlines } from '../../../src/application/kernel/process/deadlines/run-deadlines.js';
import { type Task } from '../../../src/application/kernel/process/while-leading.js';
import { projectionOf } from '../../../src/application/kernel/projection/projection.js';
import { startProjections } from '../../../src/application/kernel/projection/start-projections.js';
import { keepSnapshots } from '../../../src/application/kernel/writer/keep-snapshots.js';
import { presentWhileListening } from '../../../src/application/notices/present-while-listening.js';
import { allOutcomesView } from '../../../src/application/operating/all-projections.js';
import { BEGINNING } from '../../../src/application/ports/event-store.js';
import { type Consumer } from '../../../src/application/ports/message-log.js';
import { type Passes } from '../../../src/application/ports/passes.js';
import { verifySchedule } from '../../../src/application/waiting-room/audit/verify-schedule.js';
import { waitingDeadlineHandlers } from '../../../src/application/waiting-room/carry-out-deadlines.js';
import { completeVisit } from '../../../src/application/waiting-room/complete-visit.js';
import { configureSchedule } from '../../../src/application/waiting-room/configure-schedule.js';
import { decideWaitingRequests } from '../../../src/application/waiting-room/decide-waiting-requests.js';
import { joinQueue } from '../../../src/application/waiting-room/join-queue.js';
import { leaveQueue } from '../../../src/application/waiting-room/leave-queue.js';
import { readWaitingRooms } from '../../../src/application/waiting-room/read-waiting-rooms.js';
import { requireActive } from '../../../src/application/waiting-room/require-active.js';
import { tokenById } from '../../../src/application/waiting-room/token-by-id.js';
import { waitingDeadlines } from '../../../src/application/waiting-room/waiting-deadlines.js';
import { waitingRoomsView } from '../../../src/application/waiting-room/waiting-rooms.js';
import { answerOf } from '../../support/answer-of.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { inMemoryLeases } from '../../support/in-memory/leases.js';
import { InMemoryMessageLog } from '../../support/in-memory/message-log.js';
import { noSnapshots } from '../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics, wallClock } from '../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../support/in-memory/read-models.js';
import { movedClock } from '../../support/moved-clock.js';

export const SECOND = 1_000;
export const MINUTE = 60_000;
const CLAIM = MINUTE;
const tracing = { correlationId: 'test' };

/** A pass in plain words. */
const plainPasses: Passes = {
  issue: (claims) => TE.right(JSON.stringify(claims)),
  verify: (pass) => (pass.startsWith('{') ? TE.right(JSON.parse(pass)) : TE.left('InvalidPass')),
};
const noKeys: Passes = {
  issue: () => TE.left('PassesUnavailable'),
  verify: () => TE.left('PassesUnavailable'),
};

/** Waiting rooms on ports in memory, with a clock that tests move. */
export const waitingWorld = async () => {
  const clock = movedClock();
  const eventStore = new InMemoryEventStore(clock.now);
  const messageLog = new InMemoryMessageLog(clock.now);
  const readModels = new InMemoryReadModels();
  const logger = recordingLog();
  const metrics = recordingMetrics();
  const ports = { eventStore, snapshots: noSnapshots, logger, log: messageLog, clock };
  const deadlines = deadlinesView([waitingDeadlines]);
  await answerOf(messageLog.ensureTopics(topics(3)));
  const projections = startProjections({
    feed: eventStore,
    readModels,
    clock: wallClock,
    log: logger,
    metrics,
    leases: inMemoryLeases(),
  })([projectionOf(waitingRoomsView), projectionOf(deadlines), projectionOf(allOutcomesView)]);
  await projections.ready;

  let presence = inProcessPresence(clock.now);
  let running: { readonly consumer: Consumer; readonly task: Task } | null = null;
  const start = async (): Promise<void> => {
    presence = inProcessPresence(clock.now);
    const snapshotKeeper = keepSnapshots({ snapshots: noSnapshots, logger });
    const handle = decideWaitingRequests({ ...ports, snapshotKeeper, parkedStreams: nothingParked });
    const consumer = await answerOf(messageLog.subscribe({ topic: WAITING_TOKEN, group: 'token-activate', handle }));
    const handlers = waitingDeadlineHandlers({ log: messageLog, presence, claimWithin: CLAIM });
    const task = await runDeadlines(
      { feed: eventStore, readModels, clock, log: logger, metrics },
      deadlines,
      handlers,
    )();
    running = { consumer, task };
  };
  const stop = async (): Promise<void> => {
    await running?.task.stop();
    await running?.consumer.stop();
    running = null;
  };
  await start();

  let id = 0;
  const ids = { next: () => `id-${++id}` };
  const asking = { log: messageLog, readModels, clock, ids, waitMs: 5_000 };
  const defaults = { waitingIdle: 5 * MINUTE, claimWithin: CLAIM, activeIdle: 2 * MINUTE };
  const scheduleId = 'concert';
  const calls = {
    join: (joining: Parameters<ReturnType<typeof joinQueue>>[0]) =>
      joinQueue({ ...asking, passes: plainPasses, presence })(joining),
    leave: leaveQueue(asking),
    complete: completeVisit(asking),
    configure: configureSchedule({ ...asking, defaults }),
    verify: verifySchedule({ eventStore, messageLog, clock }),
  };
  return {
    clock,
    readModels,
    messageLog,
    start,
    stop,
    configure: (activeLimit: number, admitPerSecond?: number) =>
      answerOf(
        calls.configure({
          scheduleId,
          activeLimit,
          activeTtlSeconds: 1_800,
          ...(admitPerSecond !== undefined && { admitPerSecond }),
          ...tracing,
        }),
      ),
    join: (userId: string) => answerOf(calls.join({ scheduleId, userId, ...tracing })),
    tryToJoin: (room: string, userId: string) => calls.join({ scheduleId: room, userId, ...tracing })(),
    /** What the holder sees: a sign of life. */
    ask: (tokenId: string) =>
      answerOf(tokenById({ ...asking, passes: plainPasses, presence })(tokenId, { waitMs: 0, ...tracing })),
    /** How a place stands; no sign of life. */
    peek: async (tokenId: string) => O.toNullable(await answerOf(readWaitingRooms(readModels).token(tokenId)))?.status,
    /** Opens a stream of notices; answers how to close it. */
    listen: async (userId: string) => {
      const connect = () => TE.right(() => undefined);
      const present = presentWhileListening({ connect, presence, clock, everyMs: 30 * SECOND });
      const listener = { begin: () => undefined, hear: () => undefined };
      const leave = await answerOf(present.connect({ userId, since: null, listener, silentMs: () => 0 }));
      return () => {
        leave('client');
        present.stop();
      };
    },
    leave: (tokenId: string) => answerOf(calls.leave(tokenId, tracing)),
    complete: (userId: string, joinedBefore?: number) =>
      answerOf(calls.complete({ scheduleId, userId, ...(joinedBefore !== undefined && { joinedBefore }), ...tracing })),
    /** `needsPass`: as where callers are asked who they are. */
    enter: (userId: string, pass?: string, needsPass = false, hasKeys = true) =>
      requireActive({
        needsPass,
        scheduleOfEvent: (eventId) => TE.right(eventId === 'gala' ? scheduleId : null),
        readModels,
        passes: hasKeys ? plainPasses : noKeys,
        presence,
        log: messageLog,
        now: clock.now,
      })({ eventId: 'gala', userId, ...(pass !== undefined && { pass }) })(),
    verify: () => answerOf(calls.verify(scheduleId)),
    hasHappened: async (type: string) =>
      (await answerOf(eventStore.read(BEGINNING))).events.some(({ event }) => event.type === type),
    /** Queries see nothing new of rooms until the answer is called. */
    holdViews: () => {
      let show = (): void => undefined;
      const held = new Promise<void>((resolve) => (show = resolve));
      readModels.beforeWrite = ({ view }) => (view === waitingRoomsView.name ? held : undefined);
      return show;
    },
    close: async () => {
      await stop();
      await projections.stop();
    },
  };
};
