import { join } from 'node:path';
import { z } from 'zod';
import { startContainer } from './docker.js';
import { type EngineName, type Engines, type Found, missing } from './engine.js';
import { freePort } from './free-port.js';
import { startKafkaOn } from './own-kafka.js';
import { startRedisOn } from './own-redis.js';
import { onceInRun, testRun } from './test-run.js';

const found = <Name extends EngineName>(shape: z.ZodType<Engines[Name]>) =>
  z.union([
    z.object({ found: z.literal(true), engine: shape }),
    z.object({ found: z.literal(false), reason: z.string() }),
  ]);

const shapes = {
  kafka: found<'kafka'>(z.object({ engine: z.literal('kafka'), origin: z.string(), brokers: z.array(z.string()) })),
  redis: found<'redis'>(z.object({ engine: z.literal('redis'), origin: z.string(), url: z.string() })),
  eventstore: found<'eventstore'>(z.object({ engine: z.literal('eventstore'), origin: z.string(), url: z.string() })),
};

/** How to reach the server, and the process that ends it, if the run started one. */
interface Server {
  readonly pid?: number;
  readonly brokers?: ReadonlyArray<string>;
  readonly url?: string;
}

const named: Record<EngineName, () => Server | null> = {
  kafka: () => (process.env['KAFKA_BROKERS'] ? { brokers: process.env['KAFKA_BROKERS'].split(',') } : null),
  redis: () => (process.env['REDIS_URL'] ? { url: process.env['REDIS_URL'] } : null),
  eventstore: () => (process.env['EVENTSTORE_URL'] ? { url: process.env['EVENTSTORE_URL'] } : null),
};

const local: Record<EngineName, () => Promise<Server>> = {
  kafka: async () => {
    const { brokers, pid } = await startKafkaOn(join(testRun().dir, 'kafka'));
    return { brokers, pid };
  },
  redis: async () => {
    const port = await freePort();
    return { url: `redis://127.0.0.1:${port}`, ...(await startRedisOn(port)) };
  },
  eventstore: () => Promise.reject(new Error('no EVENTSTORE_URL and no Docker')),
};

const reasonOf = (error: unknown): string =>
  error !== null && typeof error === 'object' && 'stderr' in error && typeof error.stderr === 'string'
    ? error.stderr.trim()
    : String(error);

const find = async (engine: EngineName): Promise<object> => {
  const given = named[engine]();
  if (given !== null) return { found: true, engine: { engine, origin: 'named by the environment', ...given } };
  const container = await startContainer(engine);
  if (container !== null) {
    const where = z
      .object({ brokers: z.array(z.string()).optional(), url: z.string().optional() })
      .parse(container.answer);
    return { found: true, pid: container.pid, engine: { engine, origin: 'a Docker container', ...where } };
  }
  try {
    const { pid, ...where } = await local[engine]();
    return { found: true, pid, engine: { engine, origin: 'a local program', ...where } };
  } catch (error) {
    return missing(reasonOf(error));
  }
};

/** The engine of this run, started when first asked for: named by the environment, in Docker, or a local program. */
export const findKafka = async (): Promise<Found<'kafka'>> =>
  shapes.kafka.parse(await onceInRun('kafka', () => find('kafka')));
export const findRedis = async (): Promise<Found<'redis'>> =>
  shapes.redis.parse(await onceInRun('redis', () => find('redis')));
export const findEventStore = async (): Promise<Found<'eventstore'>> =>
  shapes.eventstore.parse(await onceInRun('eventstore', () => find('eventstore')));
