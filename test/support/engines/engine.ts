/** A real server, and where it came from. */
export interface KafkaEngine {
  readonly engine: 'kafka';
  readonly origin: string;
  readonly brokers: ReadonlyArray<string>;
}

export interface RedisEngine {
  readonly engine: 'redis';
  readonly origin: string;
  readonly url: string;
}

export interface EventStoreEngine {
  readonly engine: 'eventstore';
  readonly origin: string;
  readonly url: string;
}

export interface Engines {
  readonly kafka: KafkaEngine;
  readonly redis: RedisEngine;
  readonly eventstore: EventStoreEngine;
}

export type EngineName = keyof Engines;

export type Found<Name extends EngineName> =
  { readonly found: true; readonly engine: Engines[Name] } | { readonly found: false; readonly reason: string };

export const missing = (reason: string) => ({ found: false, reason }) as const;
