import { either as E } from 'fp-ts';
import { type Container } from 'inversify';
import { newLifecycle } from '../../adapters/http/lifecycle.js';
import { createHttpServer } from '../../adapters/http/server.js';
import { defaultSseLimits, type SseLimits } from '../../adapters/http/sse/limits.js';
import { recordActs } from '../../application/operating/audit-trail/record-acts.js';
import { type Owners } from '../../adapters/http/identity/check-owner.js';
import { ownerOfOrder, ownerOfPayment } from '../../application/checkout/owner-of.js';
import { ownerOfToken } from '../../application/waiting-room/owner-of-token.js';
import { startNoticeHub } from '../../application/notices/notice-hub.js';
import { missedNotices } from '../../application/operating/timeline/missed-notices.js';
import { presentWhileListening } from '../../application/notices/present-while-listening.js';
import { inTime } from '../../application/kernel/in-time.js';
import { Tokens } from '../container/tokens.js';
import { version } from '../version.js';
import { consoleCalls } from '../container/compose-operating.js';
import { openChallenges } from './challenges.js';
import { limitsOf } from './limits-of.js';
import { healthOf } from './health.js';
import { isEmbedded } from '../engines/is-embedded.js';
import { openIdentity } from '../identity/open-identity.js';
import { destinations } from '../telemetry/destinations.js';
import { startOpsServer } from './ops-server.js';
import { EngineAway } from '../engines/retry-while-engine-away.js';
import { type RunningApi } from './process.js';

const LISTENERS_SEEN_EVERY_MS = 30_000;
const SIGNING_KEY_WITHIN_MS = 5_000;

const ownersIn = (container: Container): Owners => {
  const [eventStore, snapshots] = [container.get(Tokens.EventStore), container.get(Tokens.Snapshots)];
  const loading = { eventStore, snapshots, logger: container.get(Tokens.Log) };
  return {
    order: ownerOfOrder(loading),
    payment: ownerOfPayment(loading),
    token: ownerOfToken({ readModels: container.get(Tokens.ReadModels) }),
  };
};

/** Null: without authentication. */
const identityOf = (container: Container) => {
  const config = container.get(Tokens.Config);
  if (config.AUTH === 'off') return null;
  const [log, clock] = [container.get(Tokens.Log), container.get(Tokens.Clock)];
  return openIdentity(config, { log, clock, isEmbedded: isEmbedded(config) });
};

/** Answers over HTTP. Rejects when the port is taken. */
export const startApi = async (container: Container, sse: Partial<SseLimits> = {}): Promise<RunningApi> => {
  const config = container.get(Tokens.Config);
  const identity = identityOf(container);
  const metrics = container.get(Tokens.Metrics);
  const gateway = container.get(Tokens.PaymentGateway);
  const engines = healthOf(container.get(Tokens.Engines), container.get(Tokens.Progress));
  const hub = await startNoticeHub({
    feed: container.get(Tokens.EventFeed),
    personalData: container.get(Tokens.PersonalData),
    missedNotices: missedNotices({
      readModels: container.get(Tokens.ReadModels),
      feed: container.get(Tokens.EventFeed),
      clock: container.get(Tokens.Clock),
    }),
    metrics,
  })();
  if (E.isLeft(hub)) throw new EngineAway('event store');
  // From the first answer on there is a receipt, unless the key does not come; answers go without one then.
  await inTime(
    container.get(Tokens.Clock),
    SIGNING_KEY_WITHIN_MS,
    container
      .get(Tokens.SigningKey)()
      .catch(() => null),
  );
  const present = presentWhileListening({
    connect: hub.right.connect,
    presence: container.get(Tokens.Presence),
    clock: container.get(Tokens.Clock),
    everyMs: Math.min(LISTENERS_SEEN_EVERY_MS, config.WAITING_IDLE_MS / 3),
  });
  const challenges = openChallenges({
    config,
    keys: container.get(Tokens.IdempotencyKeys),
    clock: container.get(Tokens.Clock),
    metrics,
    log: container.get(Tokens.Log),
    openRateLimiter: container.get(Tokens.OpenRateLimiter),
  });
  const owners = ownersIn(container);
  const health = async () => ({
    ...(await engines()),
    paymentGateway: gateway.state() === 'closed' ? ('ok' as const) : ('degraded' as const),
  });
  const lifecycle = newLifecycle();
  const server = createHttpServer(
    {
      ...container.get(Tokens.CouponCalls),
      ...container.get(Tokens.EventCalls),
      ...container.get(Tokens.WaitingCalls),
      ...container.get(Tokens.HistoryCalls),
      ...container.get(Tokens.Orders).calls,
      connectNotices: present.connect,
      ...container.get(Tokens.AdminCalls),
      ...consoleCalls(container, { health, owners }),
    },
    {
      host: config.HTTP_HOST,
      port: config.HTTP_PORT,
      ...(identity === null
        ? config.ADMIN_TOKEN !== undefined && { adminToken: config.ADMIN_TOKEN }
        : { recall: identity.recall, identify: identity.identify, isStillValid: identity.isStillValid, owners }),
      version,
      partitions: config.KAFKA_PARTITIONS,
      limits: {
        inFlight: config.MAX_IN_FLIGHT,
        waiting: config.MAX_WAITING,
        connections: config.MAX_CONNECTIONS,
        sse: {
          ...defaultSseLimits,
          connections: config.MAX_SSE_CONNECTIONS,
          // Who listens is taken for silent between two looks: never for so long that their place would be lost.
          answersEveryMs: Math.min(defaultSseLimits.answersEveryMs, config.WAITING_IDLE_MS / 6),
          ...sse,
        },
        requestTimeoutMs: config.REQUEST_TIMEOUT_MS,
        keepAliveTimeoutMs: config.KEEP_ALIVE_TIMEOUT_MS,
      },
      ...limitsOf(config, container.get(Tokens.OpenRateLimiter)),
      trustedProxies: config.TRUSTED_PROXIES ?? [],
      ...(config.CORS_ORIGINS !== undefined && { corsOrigins: config.CORS_ORIGINS }),
      count: metrics.count,
      observe: metrics.observe,
      traced: destinations(config).traces !== null,
      challenges: challenges.challenges,
      askedLately: challenges.askedLately,
      personalFields: config.PERSONAL_FIELDS,
      acts: recordActs({
        eventStore: container.get(Tokens.EventStore),
        clock: container.get(Tokens.Clock),
        ids: container.get(Tokens.Ids),
        log: container.get(Tokens.Log),
      }),
      streamTickets: container.get(Tokens.Engines).state.streamTickets,
      idempotencyKeys: container.get(Tokens.IdempotencyKeys),
      clock: container.get(Tokens.Clock),
      log: container.get(Tokens.Log),
      health,
      trouble: container.get(Tokens.Engines).trouble,
      metrics: metrics.expose,
    },
    lifecycle,
  );
  const { url } = await server.listen();
  const ops =
    config.OPS_PORT === undefined
      ? null
      : await startOpsServer(container, { port: config.OPS_PORT, health, lifecycle });
  const drain = { noticeMs: config.DRAIN_NOTICE_MS, timeoutMs: config.SHUTDOWN_TIMEOUT_MS };
  return {
    url,
    stop: async () => {
      await server.close(drain);
      await ops?.stop();
      identity?.close();
      challenges.close();
      present.stop();
    },
    behind: { stop: hub.right.stop },
  };
};
