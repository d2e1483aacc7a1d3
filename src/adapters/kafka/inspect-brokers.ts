import type Cluster from 'kafkajs/src/cluster/index.js';
import { kafkaCluster } from './client.js';
import { askOnce } from './held-client.js';
import { type KafkaOptions, kafkaSettings, retriesForAllBrokers } from './options.js';
import { type Sockets } from './sockets.js';

const WITHIN_MS = 4_000;

type Calls = Readonly<Record<number, { readonly maxVersion: number }>>;

const [PRODUCE, FETCH, LIST_OFFSETS, METADATA, JOIN_GROUP, LIST_GROUPS, ADD_PARTITIONS, DESCRIBE_ACLS] = [
  0, 1, 2, 3, 11, 16, 24, 29,
];

/** No broker says its release. Each release understands a call that the one before did not: number and version. */
const NEW_IN: ReadonlyArray<readonly [release: string, call: number, version: number]> = [
  ['3.9', FETCH, 17],
  ['3.8', PRODUCE, 11],
  ['3.7', FETCH, 16],
  ['3.6', ADD_PARTITIONS, 4],
  ['3.5', FETCH, 15],
  ['3.3', DESCRIBE_ACLS, 3],
  ['3.2', JOIN_GROUP, 9],
  ['3.1', FETCH, 13],
  ['3.0', LIST_OFFSETS, 7],
  ['2.8', PRODUCE, 9],
  ['2.7', FETCH, 12],
  ['2.6', LIST_GROUPS, 4],
  ['2.5', JOIN_GROUP, 7],
  ['2.4', JOIN_GROUP, 6],
  ['2.3', FETCH, 11],
  ['2.2', LIST_OFFSETS, 5],
  ['2.1', FETCH, 10],
  ['2.0', FETCH, 8],
  ['1.1', FETCH, 7],
  ['1.0', METADATA, 5],
  ['0.11', METADATA, 4],
];
const OLDEST = '0.10';

/** The release of a broker at least, by what it understands. */
export const releaseOf = (calls: Calls): string =>
  NEW_IN.find(([, call, version]) => (calls[call]?.maxVersion ?? -1) >= version)?.[0] ?? OLDEST;

const older = (one: string, other: string): string =>
  one.localeCompare(other, 'en', { numeric: true }) <= 0 ? one : other;

export interface Brokers {
  readonly count: number;
  /** Of the oldest that answers, at least; null where none does. */
  readonly release: string | null;
}

/** The brokers of the cluster; null where none of those that were named answers. */
export const inspectBrokers = async (options: KafkaOptions): Promise<Brokers | null> => {
  const settings = kafkaSettings({ ...options, callTimeoutMs: WITHIN_MS });
  const open = (sockets: Sockets): Cluster => kafkaCluster(settings, retriesForAllBrokers(options), sockets);
  const inspect = async (cluster: Cluster): Promise<Brokers> => {
    const { brokers } = await cluster.metadata();
    const asked = brokers.map(async ({ nodeId }) => {
      const broker = await cluster.findBroker({ nodeId: String(nodeId) });
      return releaseOf(await broker.apiVersions());
    });
    const releases = await Promise.all(asked.map((each) => each.catch(() => null)));
    const [first = null, ...others] = releases.filter((release) => release !== null);
    return { count: brokers.length, release: first && others.reduce(older, first) };
  };
  return askOnce(open, WITHIN_MS, 'looking for Kafka', inspect).catch(() => null);
};
