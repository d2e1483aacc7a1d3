import {
  connectRedis,
  inspectServer,
  parseRedisUrl,
  redisAdmissionGate,
  redisClock,
  redisIdempotencyKeys,
  redisLeases,
  redisSigningKeys,
  redisPresence,
  redisReadModels,
  redisReminders,
  redisScripts,
  redisSnapshots,
  redisStockGate,
  redisStreamTickets,
  type RedisAccess,
  type RedisTls,
} from '../../adapters/redis/index.js';
import { noReminders } from '../../adapters/embedded/in-process.js';
import { sharedRateLimiter } from '../../adapters/rate-limits/shared.js';
import { either as E } from 'fp-ts';
import { type Config } from '../config/load-config.js';
import { type EngineContext, type StateEngine } from './engines.js';
import { namespaceOf } from './namespace.js';
import { pemFiles } from './pem-files.js';

/** Left names the variable that is wrong. */
export const redisAccess = (url: string, config: Config): E.Either<string, RedisAccess> => {
  const address = E.mapLeft((fault: string) => `REDIS_URL: ${fault}`)(parseRedisUrl(url));
  if (E.isLeft(address)) return address;
  const { REDIS_SENTINEL_USERNAME: username, REDIS_SENTINEL_PASSWORD: password } = config;
  return E.map((tls: RedisTls) => ({
    address: address.right,
    tls,
    namespace: namespaceOf(config),
    sentinelUser: { ...(username !== undefined && { username }), ...(password !== undefined && { password }) },
  }))(pemFiles(config, 'REDIS'));
};

/** Gate, read models, snapshots, idempotency keys and leases in Redis. Left: why waiting for it would not help. */
export const redisState = async (
  url: string,
  { config, log, clock, metrics }: EngineContext,
): Promise<E.Either<string, StateEngine>> => {
  const access = redisAccess(url, config);
  if (E.isLeft(access)) return access;
  const inspected = await inspectServer(access.right);
  if (E.isLeft(inspected)) return inspected;
  for (const warning of inspected.right.warnings) log.warn({}, warning);
  metrics.gauge('redis_breaker', 0);
  const onBreaker = (open: boolean): void => metrics.gauge('redis_breaker', open ? 1 : 0);
  const connection = await connectRedis(access.right, log, { onBreaker });
  const toClose: Array<() => void> = [];
  return E.right({
    readModels: redisReadModels(connection, log),
    snapshots: redisSnapshots(connection, log),
    idempotencyKeys: redisIdempotencyKeys(connection, log),
    leases: redisLeases(connection, log),
    passKeys: redisSigningKeys(connection, log, 'pass-keys'),
    sealKeys: redisSigningKeys(connection, log, 'seal-keys'),
    presence: redisPresence(connection, clock, log),
    streamTickets: redisStreamTickets(connection, log),
    // Each node of a cluster gives notice of its own keys alone: there, what is due is found by looking.
    reminders: access.right.address.form === 'cluster' ? noReminders : redisReminders(connection, log),
    openRateLimiter: sharedRateLimiter(redisScripts(connection)),
    secondClock: redisClock(connection, log),
    openStockGate: (load) => redisStockGate(connection, load, log, clock.now),
    openGate: (load) => {
      const { gate, memory, close } = redisAdmissionGate(connection, load, log);
      toClose.push(close);
      return { gate, memory };
    },
    health: async () => {
      // The sale goes on without Redis: the log takes requests, and the aggregates decide alone.
      const state = await connection.health();
      return state === 'down' ? 'degraded' : state;
    },
    close: async () => {
      toClose.forEach((close) => close());
      await connection.close();
    },
  });
};
