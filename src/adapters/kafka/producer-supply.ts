import { setTimeout as sleep } from 'node:timers/promises';
import { type Producer } from 'kafkajs';
import { kafkaClient, retries } from './client.js';
import { inTime, toError } from './in-time.js';
import { type KafkaSettings } from './options.js';
import { letGo, watchedSockets } from './sockets.js';

export interface WatchedProducer {
  readonly send: Producer['send'];
  /** Produce requests written to the network so far. */
  readonly written: () => number;
}

export interface ProducerSupply {
  /** The connected producer; waits for the first attempt to connect, and is null at once while the brokers are away. */
  readonly current: () => Promise<WatchedProducer | null>;
  /** Never to be used again for new messages: another is connected in its place. */
  readonly retire: (producer: WatchedProducer) => void;
  readonly isUp: () => boolean;
  readonly close: () => Promise<void>;
}

const NOT_CONNECTED = 'Kafka cannot be reached for publishing';
const BACK_OFF_MS = [100, 200, 400, 800, 1_600];

/**
 * One idempotent producer at a time. After any failed send it must be replaced: the library winds its sequence number
 * back, and the next batch under the same numbers would be taken for a repetition of the lost one: acknowledged, and
 * never written. While no broker can be reached there is none, so that callers fail at once: the breaker.
 */
export const producerSupply = (settings: KafkaSettings): ProducerSupply => {
  let producer: WatchedProducer | null = null;
  let closed = false;
  let firstAttempt: Promise<unknown> = Promise.resolve();
  const disconnects = new Map<WatchedProducer, () => Promise<void>>();

  const create = async (): Promise<WatchedProducer> => {
    const sockets = watchedSockets(() => retire(watched));
    const plain = kafkaClient(settings, 0, sockets).producer({
      idempotent: true,
      maxInFlightRequests: 5,
      allowAutoTopicCreation: false,
      retry: retries(3),
    });
    const watched: WatchedProducer = { send: (record) => plain.send(record), written: sockets.written };
    const disconnect = () => letGo(plain, sockets);
    try {
      await inTime(plain.connect(), settings.callTimeoutMs, 'connecting to Kafka');
    } catch (error) {
      void disconnect();
      throw error;
    }
    disconnects.set(watched, disconnect);
    return watched;
  };

  /** The first one may fail because this process is busy starting. */
  const attempt = async (isFirst: boolean): Promise<boolean> => {
    try {
      const created = await create();
      if (closed) await disconnects.get(created)?.();
      else producer = created;
      settings.troubles.over(NOT_CONNECTED, '');
      return true;
    } catch (error) {
      const fields = { error: toError(error).message };
      if (isFirst) settings.log.debug({ engine: 'kafka', ...fields }, NOT_CONNECTED);
      else settings.troubles.met(NOT_CONNECTED, '', fields);
      return false;
    }
  };

  const connect = () => {
    const first = attempt(true);
    firstAttempt = first;
    void first.then(async (connected) => {
      for (let tries = 0; !connected && !closed; tries += 1) {
        await sleep(BACK_OFF_MS[Math.min(tries, BACK_OFF_MS.length - 1)] ?? 1_600);
        connected = closed || (await attempt(false));
      }
    });
  };

  const retire = (retired: WatchedProducer) => {
    const disconnect = disconnects.get(retired);
    if (disconnect === undefined) return;
    disconnects.delete(retired);
    // Sends still under way on it end by their own timeout; then its sockets may go.
    setTimeout(() => void disconnect(), settings.publishTimeoutMs).unref();
    if (producer !== retired || closed) return;
    producer = null;
    connect();
  };

  connect();
  return {
    current: async () => {
      if (producer === null) await firstAttempt;
      return producer;
    },
    retire,
    isUp: () => producer !== null,
    close: async () => {
      closed = true;
      producer = null;
      await Promise.all([...disconnects.values()].map((disconnect) => disconnect()));
      disconnects.clear();
    },
  };
};
