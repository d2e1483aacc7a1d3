import {
  connectRedis,
  inspectServer,
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
} from '../../adapters/redis/index.js';
import { sharedRateLimiter } from '../../adapters/rate-limits/shared.js';
import { either as E } from 'fp-ts';
import { type EngineContext, type StateEngine } from './engines.js';

/** Gate, read models, snapshots, idempotency keys and leases in Redis. Left: why waiting for it would not help. */
export const redisState = async (
  url: string,
  { log, clock, metrics }: EngineContext,
): Promise<E.Either<string, StateEngine>> => {
  const inspected = await inspectServer(url);
  if (E.isLeft(inspected)) return inspected;
  for (const warning of inspected.right.warnings) log.warn({}, warning);
  metrics.gauge('redis_breaker', 0);
  const connection = await connectRedis(url, log, undefined, (open) => metrics.gauge('redis_breaker', open ? 1 : 0));
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
    reminders: redisReminders(connection, log),
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
