import { either as E, taskEither as TE } from 'fp-ts';
import { type Container } from 'inversify';
import { inProcessPresence, noReminders } from '../../../src/adapters/embedded/in-process.js';
import { type JwtPasses } from '../../../src/adapters/jwt/jwt-passes.js';
import { inMemoryRateLimiter } from '../../../src/adapters/rate-limits/in-memory.js';
import { topics } from '../../../src/application/kernel/messaging/topics.js';
import {
  type DeadlineHandler,
  type DeadlineHandlers,
} from '../../../src/application/kernel/process/deadlines/deadline.js';
import { type InBulk } from '../../../src/application/kernel/process/deadlines/in-bulk.js';
import { allProjections } from '../../../src/application/operating/all-projections.js';
import { type Alert } from '../../../src/application/ports/alerts.js';
import { type Snapshots } from '../../../src/application/ports/snapshots.js';
import { type ProcessName } from '../../../src/infrastructure/config/environment.js';
import { loadConfig } from '../../../src/infrastructure/config/load-config.js';
import { compose } from '../../../src/infrastructure/container/open-container.js';
import { boundIn } from '../../../src/infrastructure/container/bound-in.js';
import { Tokens } from '../../../src/infrastructure/container/tokens.js';
import { type Engines } from '../../../src/infrastructure/engines/engines.js';
import { EngineAway, type RetryWhileEngineAway } from '../../../src/infrastructure/engines/retry-while-engine-away.js';
import { type ClosableLog } from '../../../src/infrastructure/logging/pino-log.js';
import { type PrometheusMetrics } from '../../../src/infrastructure/metrics/prometheus-metrics.js';
import { startProcesses } from '../../../src/infrastructure/processes/start-processes.js';
import { inMemoryDataKeys } from '../in-memory/data-keys.js';
import { simulatedDocuments } from './engines/documents.js';
import { type Events, simulatedEvents } from './engines/events.js';
import { type Gateway, simulatedGateway } from './engines/gateway.js';
import { simulatedGates } from './engines/gates.js';
import { simulatedLeases } from './engines/leases.js';
import { type Messages, simulatedMessages } from './engines/messages.js';
import { legibility } from './legibility.js';
import { type Member, newMember, THE_BEGINNING } from './member.js';
import { inMemorySnapshots } from './snapshots.js';
import { asking, doing, type Weather } from './weather.js';

const PARTITIONS = 2;
/** Streams of what is sold: everybody waits for those who cannot read them. */
const SOLD = /^(coupon|stock|waitingRoom)-/;

const config = (() => {
  const loaded = loadConfig({
    KAFKA_PARTITIONS: String(PARTITIONS),
    ORDER_HOLD_SECONDS: '20',
    PAYMENT_HOLD_SECONDS: '20',
    WAITING_IDLE_MS: '30000',
    WAITING_CLAIM_MS: '10000',
    WAITING_ACTIVE_IDLE_MS: '20000',
  });
  if (E.isLeft(loaded)) throw new Error(loaded.left.join('\n'));
  return loaded.right;
})();

/** What HTTP would call of one process, operators' calls too. */
export const callsOf = (container: Container) => ({
  ...container.get(Tokens.CouponCalls),
  ...container.get(Tokens.EventCalls),
  ...container.get(Tokens.WaitingCalls),
  ...container.get(Tokens.Orders).calls,
  ...container.get(Tokens.AdminCalls),
});
export type Calls = ReturnType<typeof callsOf>;

export interface RunningMember {
  readonly member: Member;
  readonly names: ReadonlyArray<ProcessName>;
  readonly container: Container;
  readonly calls: Calls;
}

/** Servers, and the processes of the shop on them. */
export interface Deployment {
  readonly events: Events;
  readonly messages: Messages;
  readonly gateway: Omit<Gateway, 'gatewayOf'>;
  readonly alerts: ReadonlyArray<Alert>;
  /** What was logged as an error. */
  readonly errors: ReadonlyArray<string>;
  readonly members: () => ReadonlyArray<RunningMember>;
  /** Starts a process, perhaps of the new version; it answers people at once, as soon as it is composed. */
  readonly start: (names: ReadonlyArray<ProcessName>, isNew?: boolean) => RunningMember;
  readonly kill: (running: RunningMember) => void;
  readonly wipe: () => void;
  /** Loses one document of a view. */
  readonly spoil: () => void;
  readonly loseLeases: () => void;
  /** An event that nobody can read any more; returns how to mend it. Null: there is none yet. */
  readonly damage: () => (() => void) | null;
  readonly rebalance: () => void;
}

const quietMetrics: PrometheusMetrics = {
  count: () => undefined,
  gauge: () => undefined,
  observe: () => undefined,
  read: async () => [],
  onExpose: () => undefined,
  expose: async () => ({ contentType: '', body: '' }),
  gather: async () => [],
};

/** Passes in plain words: signing them is not what is simulated. */
const plainPasses: JwtPasses = {
  issue: (claims) => TE.right(JSON.stringify(claims)),
  verify: (pass) => (pass.startsWith('{') ? TE.right(JSON.parse(pass)) : TE.left('InvalidPass')),
  published: () => TE.right({ keys: [] }),
};

export const deploy = (weather: Weather): Deployment => {
  const { chance, time } = weather;
  const servers = newMember('servers', weather);
  const legible = legibility(chance);
  const events = simulatedEvents(weather, legible);
  const messages = simulatedMessages(weather, topics(PARTITIONS));
  const documents = simulatedDocuments(weather);
  const leases = simulatedLeases(weather);
  const gates = simulatedGates(weather, events.store, servers);
  const snapshots = inMemorySnapshots();
  const presence = inProcessPresence(servers.clock.now);
  const gateway = simulatedGateway(weather, servers);
  const alerts: Alert[] = [];
  const errors: string[] = [];
  // Building them takes longer than a sale: only some worlds begin with nothing.
  if (chance.happens(0.85)) documents.prepare(allProjections.map(({ name: view, version }) => ({ view, version })));
  let ids = 0;
  let started = 0;
  let running: RunningMember[] = [];

  const log: ClosableLog = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (fields, message) => void errors.push(`${message} ${JSON.stringify(fields, errorsAsText)}`),
    flush: () => undefined,
    dropped: () => 0,
  };

  const snapshotsOf = (member: Member): Snapshots => ({
    save: (snapshot) => async () => {
      const saved = await doing(
        weather,
        member,
        { away: 'SnapshotsUnavailable', unknown: 'SnapshotsUnavailable', mayComeLate: false } as const,
        () => E.right(snapshots.save(snapshot)()),
      )();
      return E.isLeft(saved) ? saved : saved.right;
    },
    load: (streamId, version) => async () => {
      const asked = await asking(weather, member, 'SnapshotsUnavailable' as const, () =>
        E.right(snapshots.load(streamId, version)()),
      )();
      return E.isLeft(asked) ? asked : asked.right;
    },
  });

  const dataKeys = inMemoryDataKeys();
  const enginesOf = (member: Member): Engines => {
    const engine = { health: async () => 'ok' as const, close: async () => undefined };
    const unused = TE.left('IdempotencyUnavailable' as const);
    return {
      events: {
        ...engine,
        eventStore: events.storeOf(member),
        feed: events.feedOf(member),
        dataKeys,
        entryFault: async () => null,
      },
      log: { ...engine, messageLog: messages.logOf(member) },
      state: {
        ...engine,
        readModels: documents.readModelsOf(member),
        snapshots: snapshotsOf(member),
        idempotencyKeys: { begin: () => unused, answer: () => unused, reopen: () => unused, forget: () => unused },
        leases: leases.leasesOf(member),
        passKeys: { all: () => TE.right([]), offer: () => TE.right(undefined), dropBefore: () => TE.right(undefined) },
        // Whoever cannot sign does not seal: keys are of chance, and the thread pool of no order.
        sealKeys: {
          all: () => TE.left('SigningKeysUnavailable'),
          offer: () => TE.right(undefined),
          dropBefore: () => TE.right(undefined),
        },
        presence: {
          touch: presence.touch,
          lastSeen: (tokenId) => async () => {
            const asked = await asking(weather, member, 'PresenceUnavailable' as const, () =>
              E.right(presence.lastSeen(tokenId)()),
            )();
            return E.isLeft(asked) ? asked : asked.right;
          },
          since: presence.since,
        },
        streamTickets: { keep: () => TE.right(undefined), redeem: () => TE.right(null) },
        reminders: noReminders,
        openRateLimiter: inMemoryRateLimiter,
        secondClock: {
          now: () =>
            asking(weather, member, 'ClockUnavailable' as const, () => E.right(THE_BEGINNING + time.elapsed())),
        },
        openGate: () => ({ gate: gates.gateOf(member), memory: gates.memoryOf(member) }),
        openStockGate: () => gates.stockGateOf(member),
      },
      announce: () => undefined,
      trouble: () => null,
      close: async () => undefined,
    };
  };

  /** As where very many are due at once: what is urgent goes before, and may be cut off by what follows. */
  const sometimesFirst = (urgent: Readonly<Record<string, InBulk>>, handlers: DeadlineHandlers): DeadlineHandlers => {
    const both = ([kind, inBulk]: readonly [string, InBulk]): readonly [string, DeadlineHandler] => [
      kind,
      (deadline, now) => async () => {
        if (chance.happens(0.5)) await inBulk([deadline]);
        return handlers[kind]?.(deadline, now)() ?? E.right(undefined);
      },
    ];
    return Object.fromEntries(Object.entries(urgent).map(both));
  };

  const whenThere =
    (member: Member): RetryWhileEngineAway =>
    async (start) => {
      for (;;)
        try {
          return await start();
        } catch (error) {
          if (!(error instanceof EngineAway) || !member.isAlive()) throw error;
          await time.sleep(500);
        }
    };

  return {
    events,
    messages,
    gateway,
    alerts,
    errors,
    members: () => running,
    start: (names, isNew = false) => {
      const member = newMember(`${names.join()}-${(started += 1)}`, weather, isNew);
      const container = compose({
        config,
        engines: enginesOf(member),
        log,
        metrics: quietMetrics,
        alerts: { raise: (alert) => TE.fromIO(() => void alerts.push(alert)) },
        clock: member.clock,
        ids: { next: () => `id-${(ids += 1)}-${chance.below(1_000)}` },
      });
      container.rebind(Tokens.Passes).toConstantValue(plainPasses);
      container.rebind(Tokens.PaymentGateway).toConstantValue(gateway.gatewayOf(member));
      const handlers = container.get(Tokens.DeadlineHandlers);
      const inBulk = container.get(Tokens.Orders).deadlinesInBulk;
      container.rebind(Tokens.DeadlineHandlers).toConstantValue({ ...handlers, ...sometimesFirst(inBulk, handlers) });
      void startProcesses(boundIn(container), { names, whenThere: whenThere(member), running: [] });
      const alive = { member, names, container, calls: callsOf(container) };
      running = [...running, alive];
      return alive;
    },
    kill: (dead) => {
      running = running.filter((each) => each !== dead);
      dead.member.kill();
    },
    wipe: () => {
      documents.wipe();
      gates.wipe();
      snapshots.saved.clear();
    },
    spoil: documents.spoil,
    loseLeases: leases.loseAll,
    damage: () => {
      const sold = events.all.filter(({ streamId }) => SOLD.test(streamId));
      const some = chance.happens(0.5) ? sold : events.all;
      const event = some[chance.below(some.length)];
      if (event === undefined) return null;
      legible.damage(event);
      return () => legible.mend(event);
    },
    rebalance: messages.rebalance,
  };
};

const errorsAsText = (_: string, value: unknown): unknown => (value instanceof Error ? (value.stack ?? '') : value);
