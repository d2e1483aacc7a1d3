import { type SASLOptions } from 'kafkajs';
import { randomInt } from 'node:crypto';
import { type ConnectionOptions } from 'node:tls';
import { type Log } from '../../application/ports/log.js';
import { type Metrics } from '../../application/ports/metrics.js';

/** How brokers are spoken to. */
export interface KafkaSecurity {
  /** `true`: TLS with the authorities that Node trusts. Read for each connection. Contents of PEM files, not their names. */
  readonly ssl?: true | Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'secureContext'>;
  readonly sasl?: Extract<SASLOptions, { readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512' }>;
}

/** Told when it begins and when it is over, one line each, however often it is met in between and by however many. */
interface Troubles {
  /** `what`: a sentence; `whose`: one of those who may meet it. */
  readonly met: (what: string, whose: string, fields: Readonly<Record<string, unknown>>) => void;
  readonly over: (what: string, whose: string) => void;
}

const troubles = (log: Log): Troubles => {
  const open = new Map<string, Set<string>>();
  return {
    met: (what, whose, fields) => {
      const those = open.get(what) ?? new Set();
      const isNew = those.size === 0;
      open.set(what, those.add(whose));
      if (isNew) log.warn({ engine: 'kafka', ...fields }, what);
      else log.debug({ engine: 'kafka', ...fields }, what);
    },
    over: (what, whose) => {
      const those = open.get(what);
      if (those?.delete(whose) === true && those.size === 0) log.info({ engine: 'kafka' }, `No longer: ${what}`);
    },
  };
};

export interface KafkaOptions {
  /** host:port of some brokers; they name the others. */
  readonly brokers: ReadonlyArray<string>;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Default 1. */
  readonly replication?: number;
  /** Before every topic and group name: tests share a broker. Default none. */
  readonly prefix?: string;
  readonly clientId?: string;
  /** Default: plain text, nobody in particular. */
  readonly security?: KafkaSecurity;
  /** Until the outcome of a publish counts as unknown, milliseconds. Default 5,000. */
  readonly publishTimeoutMs?: number;
  /** Of every other call, milliseconds. Default 5,000. */
  readonly callTimeoutMs?: number;
  /** A consumer silent for so long loses its partitions, milliseconds. Default 6,000: brokers allow no less by default. */
  readonly sessionTimeoutMs?: number;
}

export interface KafkaSettings extends Required<KafkaOptions> {
  readonly troubles: Troubles;
  /**
   * The brokers, each time with the next one first. A client connects to the first one; without retries it would never
   * try the others while that one is away.
   */
  readonly nextBrokers: () => string[];
}

const inTurn = (brokers: ReadonlyArray<string>): (() => string[]) => {
  // A random start, so that processes spread over the brokers.
  let first = randomInt(brokers.length);
  return () => {
    first = (first + 1) % brokers.length;
    return [...brokers.slice(first), ...brokers.slice(0, first)];
  };
};

export const kafkaSettings = (options: KafkaOptions): KafkaSettings => ({
  nextBrokers: inTurn(options.brokers),
  replication: 1,
  prefix: '',
  clientId: 'doorbuster',
  security: {},
  publishTimeoutMs: 5_000,
  callTimeoutMs: 5_000,
  sessionTimeoutMs: 6_000,
  troubles: troubles(options.log),
  ...options,
});

/** With so many retries a client tries every broker that was named. */
export const retriesForAllBrokers = ({ brokers }: KafkaOptions): number => brokers.length - 1;
