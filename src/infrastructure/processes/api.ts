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
import { boundIn } from '../container/bound-in.js';
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
  const { eventStore, snapshots, logger, readModels } = boundIn(container);
  const loading = { eventStore, snapshots, logger };
  return {
    order: ownerOfOrder(loading),
    payment: ownerOfPayment(loading),
    token: ownerOfToken({ readModels }),
  };
};

/** Null: without authentication. */
const identityOf = (container: Container) => {
  const { config, logger: log, clock } = boundIn(container);
  if (config.AUTH === 'off') return null;
  return openIdentity(config, { log, clock, isEmbedded: isEmbedded(config) });
};

/** Answers over HTTP. Rejects when the port is taken. */
export const startApi = async (container: Container, sse: Partial<SseLimits> = {}): Promise<RunningApi> => {
  const { config, metrics, engines, feed, personalData, readModels, clock, logger: log } = boundIn(container);
  const { eventStore, ids, orders, presence } = boundIn(container);
  const identity = identityOf(container);
  const gateway = container.get(Tokens.PaymentGateway);
  const openRateLimiter = container.get(Tokens.OpenRateLimiter);
  const idempotencyKeys = container.get(Tokens.IdempotencyKeys);
  const enginesHealth = healthOf(engines, container.get(Tokens.Progress));
  const missed = missedNotices({ readModels, feed, clock });
  const hub = await startNoticeHub({ feed, personalData, missedNotices: missed, metrics })();
  if (E.isLeft(hub)) throw new EngineAway('event store');
  // From the first answer on there is a receipt, unless the key does not come; answers go without one then.
  await inTime(
    clock,
    SIGNING_KEY_WITHIN_MS,
    container
      .get(Tokens.SigningKey)()
      .catch(() => null),
  );
  const present = presentWhileListening({
    connect: hub.right.connect,
    presence,
    clock,
    everyMs: Math.min(LISTENERS_SEEN_EVERY_MS, config.WAITING_IDLE_MS / 3),
  });
  const challenges = openChallenges({ config, keys: idempotencyKeys, clock, metrics, log, openRateLimiter });
  const owners = ownersIn(container);
  const health = async () => ({
    ...(await enginesHealth()),
    paymentGateway: gateway.state() === 'closed' ? ('ok' as const) : ('degraded' as const),
  });
  const lifecycle = newLifecycle();
  const server = createHttpServer(
    {
      ...container.get(Tokens.CouponCalls),
      ...container.get(Tokens.EventCalls),
      ...container.get(Tokens.WaitingCalls),
      ...container.get(Tokens.HistoryCalls),
      ...orders.calls,
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
      ...limitsOf(config, openRateLimiter),
      trustedProxies: config.TRUSTED_PROXIES ?? [],
      ...(config.CORS_ORIGINS !== undefined && { corsOrigins: config.CORS_ORIGINS }),
      count: metrics.count,
      observe: metrics.observe,
      traced: destinations(config).traces !== null,
      challenges: challenges.challenges,
      askedLately: challenges.askedLately,
      personalFields: config.PERSONAL_FIELDS,
      acts: recordActs({ eventStore, clock, ids, log }),
      streamTickets: engines.state.streamTickets,
      idempotencyKeys,
      clock,
      log,
      health,
      trouble: engines.trouble,
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
