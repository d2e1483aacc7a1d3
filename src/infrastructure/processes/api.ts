import { either as E } from 'fp-ts';
import { newLifecycle } from '../../adapters/http/lifecycle.js';
import { type HttpServerOptions } from '../../adapters/http/options.js';
import { createHttpServer } from '../../adapters/http/server.js';
import { defaultSseLimits, type SseLimits } from '../../adapters/http/sse/limits.js';
import { ownerOfOrder, ownerOfPayment } from '../../application/checkout/owner-of.js';
import { inTime } from '../../application/kernel/in-time.js';
import { startNoticeHub } from '../../application/notices/notice-hub.js';
import { presentWhileListening } from '../../application/notices/present-while-listening.js';
import { recordActs } from '../../application/operating/audit-trail/record-acts.js';
import { missedNotices } from '../../application/operating/timeline/missed-notices.js';
import { type Owners } from '../../application/ports/owners.js';
import { type OpenRateLimiter, type Quota } from '../../application/ports/rate-limiter.js';
import { ownerOfToken } from '../../application/waiting-room/owner-of-token.js';
import { type Config } from '../config/load-config.js';
import { type Bound } from '../container/bound-in.js';
import { consoleCalls } from '../container/compose-operating.js';
import { isEmbedded } from '../engines/engines.js';
import { EngineAway } from '../engines/retry-while-engine-away.js';
import { openIdentity } from '../identity/open-identity.js';
import { destinations } from '../telemetry/destinations.js';
import { version } from '../version.js';
import { openChallenges } from './challenges.js';
import { type RunningApi } from './every.js';
import { healthOf } from './health.js';
import { startOpsServer } from './ops-server.js';
import { type Stop, stopAll } from '../system/stop-all.js';

/** From the same address: ten in a minute, then the rest of that minute; sixty in an hour, then the rest of that hour. */
const WRONG_CREDENTIALS: ReadonlyArray<Quota> = [
  { requests: 10, seconds: 60 },
  { requests: 60, seconds: 3_600 },
];

/** From an address that waits: so many tokens that nobody knows yet are verified, for others behind it may have good ones. */
const UNKNOWN_TOKENS: Quota = { requests: 30, seconds: 10 };

/** Used with authentication if the configuration sets none. */
const BY_DEFAULT: Readonly<Record<'user' | 'address', Quota>> = {
  user: { requests: 30, seconds: 10 },
  address: { requests: 300, seconds: 10 },
};

/** How fast people may ask, as the configuration says. Without authentication only this machine asks, as fast as it can. */
export const limitsOf = (
  { AUTH, RATE_LIMIT_USER, RATE_LIMIT_ADDRESS }: Pick<Config, 'AUTH' | 'RATE_LIMIT_USER' | 'RATE_LIMIT_ADDRESS'>,
  open: OpenRateLimiter,
): Pick<HttpServerOptions, 'rateLimits' | 'wrongCredentials'> => {
  const limiter = (name: 'user' | 'address', said: Quota | null | undefined) => {
    const quota = said === undefined && AUTH === 'jwt' ? BY_DEFAULT[name] : said;
    return quota === null || quota === undefined ? null : open(name, quota);
  };
  return {
    rateLimits: { user: limiter('user', RATE_LIMIT_USER), address: limiter('address', RATE_LIMIT_ADDRESS) },
    wrongCredentials: {
      refused: WRONG_CREDENTIALS.map((quota) => open(`credentials-${quota.seconds}`, quota)),
      unknownTokens: open('unknown-tokens', UNKNOWN_TOKENS),
    },
  };
};

const LISTENERS_SEEN_EVERY_MS = 30_000;
const SIGNING_KEY_WITHIN_MS = 5_000;

const ownersIn = ({ eventStore, snapshots, logger, readModels }: Bound): Owners => {
  const loading = { eventStore, snapshots, logger };
  return {
    order: ownerOfOrder(loading),
    payment: ownerOfPayment(loading),
    token: ownerOfToken({ readModels }),
  };
};

/** Null: without authentication. */
const identityOf = ({ config, logger: log, clock }: Bound) => {
  if (config.AUTH === 'off') return null;
  return openIdentity(config, { log, clock, isEmbedded: isEmbedded(config) });
};

/** Answers over HTTP. Rejects when the port is taken. */
export const startApi = async (bound: Bound, sse: Partial<SseLimits> = {}): Promise<RunningApi> => {
  const { config, metrics, engines, feed, personalData, readModels, clock, logger: log } = bound;
  const { eventStore, ids, orders, presence, paymentGateway: gateway, openRateLimiter, idempotencyKeys } = bound;
  const enginesHealth = healthOf(engines, bound.progress);
  const missed = missedNotices({ readModels, feed, clock });
  const hub = await startNoticeHub({ feed, personalData, missedNotices: missed, metrics })();
  if (E.isLeft(hub)) throw new EngineAway('event store');
  const identity = identityOf(bound);
  // From the first answer on there is a receipt, unless the key does not come; answers go without one then.
  const signingKey = bound.signingKey().catch(() => null);
  await inTime(clock, SIGNING_KEY_WITHIN_MS, signingKey);
  const present = presentWhileListening({
    connect: hub.right.connect,
    presence,
    clock,
    everyMs: Math.min(LISTENERS_SEEN_EVERY_MS, config.WAITING_IDLE_MS / 3),
  });
  const challenges = openChallenges({ config, keys: idempotencyKeys, clock, metrics, log, openRateLimiter });
  const owners = ownersIn(bound);
  const health = async () => ({
    ...(await enginesHealth()),
    paymentGateway: gateway.state() === 'closed' ? ('ok' as const) : ('degraded' as const),
  });
  const lifecycle = newLifecycle();
  const server = createHttpServer(
    {
      ...bound.couponCalls,
      ...bound.eventCalls,
      ...bound.waitingCalls,
      ...bound.historyCalls,
      ...orders.calls,
      connectNotices: present.connect,
      ...bound.adminCalls,
      ...consoleCalls(bound, { health, owners }),
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
        // The client comes up to a fifth later than it is told.
        askAgainWithinMs: Math.min(15_000, 0.75 * Math.min(config.WAITING_IDLE_MS, config.WAITING_CLAIM_MS)),
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
  const drain = { noticeMs: config.DRAIN_NOTICE_MS, timeoutMs: config.SHUTDOWN_TIMEOUT_MS };
  const begun: Stop[] = [present.stop, challenges.close, () => identity?.close()];
  try {
    // Before the port at which people are answered: who cannot have both answers nobody.
    if (config.OPS_PORT !== undefined)
      begun.push((await startOpsServer(bound, { port: config.OPS_PORT, health, lifecycle })).stop);
    const { url } = await server.listen();
    begun.push(() => server.close(drain));
    return { url, stop: () => stopAll(begun), behind: hub.right };
  } catch (error) {
    await stopAll([hub.right.stop, ...begun]);
    throw error;
  }
};
