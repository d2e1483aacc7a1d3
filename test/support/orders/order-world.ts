import { either as E, taskEither as TE } from 'fp-ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedStockGate } from '../../../src/adapters/embedded/stock-gate/stock-gate.js';
import { memoryLedger } from '../../../src/adapters/sandbox-pay/ledger.js';
import { sandboxPay } from '../../../src/adapters/sandbox-pay/sandbox-pay.js';
import { paymentsWithNumber, tracesOf } from '../../../src/application/checkout/audit/order-traces.js';
import { verifyOrderStock } from '../../../src/application/checkout/audit/verify-order-stock.js';
import { verifyOrder } from '../../../src/application/checkout/audit/verify-order.js';
import { orderDeadlineHandlers } from '../../../src/application/checkout/deadlines/drive-when-due.js';
import { orderDeadlines } from '../../../src/application/checkout/deadlines/order-deadlines.js';
import { followOrders } from '../../../src/application/checkout/drive/follow-orders.js';
import { decideStockRequests } from '../../../src/application/checkout/stock/decide-stock-requests.js';
import { keepStockGate } from '../../../src/application/checkout/stock/keep-stock-gate.js';
import { loadStockGateState } from '../../../src/application/checkout/stock/load-stock-gate-state.js';
import { orderProjections } from '../../../src/application/checkout/views.js';
import { couponProjections } from '../../../src/application/coupon/coupon-projections.js';
import { STOCK_GROUP, STOCK_REQUESTS, topics } from '../../../src/application/kernel/messaging/topics.js';
import { deadlinesView } from '../../../src/application/kernel/process/deadlines/deadline.js';
import { runDeadlines } from '../../../src/application/kernel/process/deadlines/run-deadlines.js';
import { projectionOf } from '../../../src/application/kernel/projection/projection.js';
import { startProjections } from '../../../src/application/kernel/projection/start-projections.js';
import { keepSnapshots } from '../../../src/application/kernel/writer/keep-snapshots.js';
import { allOutcomesView } from '../../../src/application/operating/all-projections.js';
import { type Alert } from '../../../src/application/ports/alerts.js';
import { type ReadModels } from '../../../src/application/ports/read-models.js';
import { loadConfig } from '../../../src/infrastructure/config/load-config.js';
import { openOrders } from '../../../src/infrastructure/container/compose-checkout.js';
import { answerOf } from '../answer-of.js';
import { InMemoryEventStore } from '../in-memory/event-store.js';
import { inMemoryLeases } from '../in-memory/leases.js';
import { InMemoryMessageLog } from '../in-memory/message-log.js';
import { noSnapshots } from '../in-memory/no-snapshots.js';
import { inMemoryPersonalData } from '../in-memory/personal-data.js';
import { recordingLog, recordingMetrics, wallClock } from '../in-memory/quiet.js';
import { InMemoryReadModels } from '../in-memory/read-models.js';
import { movedClock } from '../moved-clock.js';
import { nothingParked, running } from '../running.js';
import { type Death, mortal, type Outside } from './mortal.js';

const config = () => {
  const loaded = loadConfig({ ORDER_HOLD_SECONDS: '20', PAYMENT_HOLD_SECONDS: '20' });
  if (E.isLeft(loaded)) throw new Error(loaded.left.join());
  return loaded.right;
};

/**
 * Orders and all they entail on ports in memory, with a clock that runs fast while somebody waits. What is durable
 * outlives the lives of the process that works on it; each may die at one of its effects.
 */
export const orderWorld = async (kept: (readModels: ReadModels) => ReadModels = (readModels) => readModels) => {
  const clock = movedClock();
  const eventStore = new InMemoryEventStore(clock.now);
  const messageLog = new InMemoryMessageLog(clock.now);
  const readModels = kept(new InMemoryReadModels());
  const ledger = memoryLedger();
  const gateway = sandboxPay({ clock: wallClock, ledger, timeoutMs: 1 });
  const logger = recordingLog();
  const metrics = recordingMetrics();
  const alerts: Alert[] = [];
  const dueView = deadlinesView([orderDeadlines]);
  let id = 0;
  const ids = { next: () => `id-${(id += 1)}` };

  await answerOf(messageLog.ensureTopics(topics(1)));
  const projections = startProjections({
    feed: eventStore,
    readModels,
    clock: wallClock,
    log: logger,
    metrics,
    leases: inMemoryLeases(),
  })([...couponProjections, ...orderProjections, projectionOf(allOutcomesView), projectionOf(dueView)]);
  await projections.ready;

  /** Lets time run until it is done: fast, or in steps that views which are slow in real time can follow. */
  const passing = async <A>(work: Promise<A>, stepMs = 100): Promise<A> => {
    let isDone = false;
    const done = work.finally(() => (isDone = true));
    while (!isDone) {
      await Promise.race([done.catch(() => undefined), sleep(2)]);
      clock.move(stepMs);
    }
    return done;
  };

  const personalData = inMemoryPersonalData();
  const reading = { eventStore, feed: eventStore, readModels, snapshots: noSnapshots, logger };
  const living = new Set<() => Promise<void>>();
  /** `seenAs`: the world outside as this process sees it, where something of it does not do as it should. */
  const live = async (
    death: Death | null = null,
    seenAs: (outside: Outside) => Outside = (outside) => outside,
    { isGateBlind = false } = {},
  ) => {
    const { outside, isDead } = mortal(seenAs({ eventStore, messageLog, readModels, gateway }), death);
    const load = { eventStore: outside.eventStore, snapshots: noSnapshots, logger };
    const gate = embeddedStockGate({ load: loadStockGateState(load), clock });
    const following = await running(reading, keepStockGate(gate));
    const orders = openOrders({
      ...load,
      messageLog: outside.messageLog,
      requestLog: outside.messageLog,
      readModels: outside.readModels,
      gate: isGateBlind ? { ...gate, reserve: () => TE.left('GateUnavailable') } : gate,
      personalData,
      issueReceipt: async () => null,
      gateway: outside.gateway,
      requireActive: () => TE.right(undefined),
      completeVisit: () => TE.right(undefined),
      alerts: { raise: (alert) => TE.fromIO(() => void alerts.push(alert)) },
      clock,
      ids,
      metrics,
      config: config(),
    });
    const snapshotKeeper = keepSnapshots({ snapshots: noSnapshots, logger });
    const deciding = { ...load, log: outside.messageLog, clock, snapshotKeeper, parkedStreams: nothingParked };
    const writer = decideStockRequests(deciding);
    const consumer = await answerOf(
      messageLog.subscribe({ topic: STOCK_REQUESTS, group: STOCK_GROUP, handle: writer }),
    );
    const sagas = await running({ ...reading, readModels: outside.readModels }, followOrders(orders));
    const due = { feed: eventStore, readModels: outside.readModels, clock, log: logger, metrics };
    const { deadlinesInBulk: inBulk } = orders;
    const deadlines = await runDeadlines({ ...due, inBulk }, dueView, orderDeadlineHandlers(orders.drive))();
    const stop = async (): Promise<void> => {
      living.delete(stop);
      await passing(Promise.all([deadlines.stop(), sagas.stop(), consumer.stop(), following.stop()]));
    };
    living.add(stop);
    return { calls: orders.calls, drive: orders.drive, handleSaga: orders.handleSaga, isDead, stop };
  };

  const append = async (streamId: string, ...events: ReadonlyArray<{ readonly type: string }>): Promise<void> => {
    const revision = await answerOf(eventStore.lastRevision(streamId));
    const identified = events.map((event) => ({ id: ids.next(), event, metadata: { correlationId: 'test' } }));
    await answerOf(eventStore.append(streamId, revision, identified));
  };
  return {
    clock,
    eventStore,
    messageLog,
    readModels,
    personalData,
    ledger,
    alerts,
    live,
    passing,
    /** Whatever a test wants to have happened. */
    append,
    /** Lets time run until `check` neither throws nor answers false; gives up after `withinMs` of real time. */
    soon: async <A>(check: () => A | Promise<A>, withinMs = 5_000): Promise<A> => {
      const deadline = Date.now() + withinMs;
      for (;;) {
        try {
          const answer = await check();
          if (answer !== false) return answer;
          if (Date.now() > deadline) throw new Error(`Never true: ${check.toString()}`);
        } catch (error) {
          if (Date.now() > deadline) throw error;
        }
        await sleep(2);
        clock.move(250);
      }
    },
    verifyOrder: verifyOrder({
      ...reading,
      clock,
      paymentsWithNumber: paymentsWithNumber({ readModels }),
      tracesOf: tracesOf({ readModels }),
    }),
    verifyStock: (productId: string) => answerOf(verifyOrderStock({ eventStore, clock })(productId)),
    close: async () => {
      for (const stop of living) await stop();
      await projections.stop();
    },
  };
};

export type OrderWorld = Awaited<ReturnType<typeof orderWorld>>;
