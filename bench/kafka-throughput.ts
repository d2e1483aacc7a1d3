/**
 * How fast the Kafka message log publishes and consumes, beside kafkajs itself in sends of 500 and one by one:
 *   node scripts/kafka.mjs start
 *   node --import ./test/support/run-typescript.mjs bench/kafka-throughput.ts 127.0.0.1:PORT [PARTITIONS] [IN_FLIGHT]
 */
import { either as E } from 'fp-ts';
import kafkajs from 'kafkajs';
import { kafkaMessageLog } from '../src/adapters/kafka/kafka-message-log.js';

const [brokers = '', partitions = '3', inFlight = '5000'] = process.argv.slice(2);
const MESSAGES = 150_000;
const nothing = () => undefined;

const prefix = `bench${Date.now()}-`;
const log = kafkaMessageLog({
  brokers: brokers.split(','),
  prefix,
  log: { debug: nothing, info: nothing, warn: console.warn, error: console.error },
  metrics: { count: nothing, gauge: nothing, observe: nothing },
});
const value = JSON.stringify({ eventType: 'COUPON_ISSUE_REQUESTED', padding: 'x'.repeat(250) });
const headers = {
  'event-id': 'id',
  'event-type': 'COUPON_ISSUE_REQUESTED',
  'correlation-id': 'id',
  'request-id': 'id',
};

const perSecond = (count: number, since: number) => Math.round(count / ((performance.now() - since) / 1_000));

/** `inFlight` publishers, each waiting for its answer before the next message. */
const publishAll = async (): Promise<number> => {
  let left = MESSAGES;
  let refused = 0;
  const publisher = async () => {
    while (left > 0) {
      left -= 1;
      const answer = await log.publish('throughput', { key: `coupon-${left % 50}`, value, headers })();
      if (E.isLeft(answer)) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: Number(inFlight) }, publisher));
  return refused;
};

/** Without any of our own: what the library can do when its caller already has sends of `size`. */
const publishBarely = async (size: number, count: number): Promise<number> => {
  const producer = new kafkajs.Kafka({ brokers: brokers.split(',') }).producer({
    idempotent: true,
    maxInFlightRequests: 5,
  });
  await producer.connect();
  const began = performance.now();
  let left = count;
  const publisher = async () => {
    while (left > 0) {
      const messages = Array.from({ length: size }, (_, n) => ({ key: `coupon-${(left - n) % 50}`, value, headers }));
      left -= size;
      await producer.send({ topic: `${prefix}throughput`, messages });
    }
  };
  await Promise.all(Array.from({ length: size === 1 ? Number(inFlight) : 5 }, publisher));
  const rate = perSecond(count, began);
  await producer.disconnect();
  return rate;
};

const consumeAll = (count: number) =>
  new Promise<number>((resolve) => {
    let seen = 0;
    let first = 0;
    void log.subscribe({
      topic: 'throughput',
      group: 'throughput',
      handle: async ({ messages }) => {
        first ||= performance.now();
        seen += messages.length;
        if (seen >= count) resolve(perSecond(seen, first));
      },
    })();
  });

await log.ensureTopics([{ name: 'throughput', partitions: Number(partitions), retentionSeconds: 3_600 }])();
await publishAll();
const began = performance.now();
const refused = await publishAll();
console.log(
  `publish: ${perSecond(MESSAGES, began)}/s, ${inFlight} in flight, ${partitions} partitions, ${refused} refused`,
);
console.log(`publish, kafkajs in sends of 500: ${await publishBarely(500, MESSAGES)}/s`);
console.log(`publish, kafkajs one by one: ${await publishBarely(1, 10_000)}/s`);
console.log(`consume: ${await consumeAll(2 * MESSAGES)}/s`);
await log.close();
