/** What kafkajs does not export: fetching from a partition without joining a group, and what a broker understands. Version 2.2.4 is its last. */
declare module 'kafkajs/src/cluster/index.js' {
  import { type IHeaders, type ISocketFactory, type Logger, type RetryOptions, type SASLOptions } from 'kafkajs';
  import { type ConnectionOptions } from 'node:tls';

  interface FetchedPartition {
    readonly partition: number;
    readonly messages: ReadonlyArray<{
      readonly key: Buffer | null;
      readonly value: Buffer | null;
      readonly headers?: IHeaders;
      readonly offset: string;
      readonly timestamp: string;
      readonly isControlRecord?: boolean;
    }>;
  }

  interface FetchRequest {
    readonly maxWaitTime: number;
    readonly minBytes: number;
    readonly maxBytes: number;
    readonly isolationLevel: number;
    readonly topics: ReadonlyArray<{
      readonly topic: string;
      readonly partitions: ReadonlyArray<{
        readonly partition: number;
        readonly fetchOffset: string;
        readonly maxBytes: number;
      }>;
    }>;
  }

  interface Broker {
    fetch(request: FetchRequest): Promise<{
      readonly responses: ReadonlyArray<{ readonly partitions: ReadonlyArray<FetchedPartition> }>;
    }>;
    /** By the number of the call. */
    apiVersions(): Promise<Readonly<Record<number, { readonly minVersion: number; readonly maxVersion: number }>>>;
  }

  export default class Cluster {
    constructor(options: {
      readonly logger: Logger;
      readonly brokers: ReadonlyArray<string>;
      readonly clientId: string;
      readonly ssl?: boolean | ConnectionOptions;
      readonly sasl?: SASLOptions;
      readonly socketFactory: ISocketFactory;
      readonly connectionTimeout: number;
      readonly authenticationTimeout: number;
      readonly requestTimeout: number;
      readonly enforceRequestTimeout: boolean;
      readonly metadataMaxAge: number;
      readonly retry: RetryOptions;
      readonly allowAutoTopicCreation: boolean;
      readonly maxInFlightRequests: number | null;
      readonly isolationLevel: number;
    });
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    metadata(): Promise<{ readonly brokers: ReadonlyArray<{ readonly nodeId: number }> }>;
    addTargetTopic(topic: string): Promise<void>;
    findLeaderForPartitions(topic: string, partitions: ReadonlyArray<number>): Record<string, number[]>;
    findBroker(node: { readonly nodeId: string }): Promise<Broker>;
  }
}
