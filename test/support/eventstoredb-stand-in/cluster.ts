import { setTimeout as sleep } from 'node:timers/promises';
import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { type Position } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../answer-of.js';
import { openedDirectory } from '../embedded.js';
import { freePort } from '../engines/free-port.js';
import { type Node, type Version } from './behaviour.js';
import { type StandIn, startStandIn } from './stand-in.js';

export interface Cluster {
  readonly connectionString: string;
  /** Where the last event stands, whoever leads. */
  readonly head: () => Promise<Position>;
  /** The leader dies: its connections break, and after the election another leads. Resolves then. */
  readonly loseLeader: () => Promise<void>;
  /** The leader stays and no longer leads: its subscriptions end in good order. Resolves when another leads. */
  readonly deposeLeader: () => Promise<void>;
  /** Those that died are there again, and follow. */
  readonly bringBack: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** So long nobody leads: measured on three real nodes. */
const ELECTION_MS = 2_000;
const NODES = 3;

/** Three nodes that answer from one store, as if whatever one of them has acknowledged were with all of them. */
export const startCluster = async (directory: string, version: Version): Promise<Cluster> => {
  const { root, close } = await openedDirectory(directory);
  const embedded = openEventStore(root);
  const ports = await Promise.all(Array.from({ length: NODES }, () => freePort()));
  const running = new Map<number, StandIn>();
  const subscriptions = new Map<number, Array<() => void>>();
  let leader: number | null = ports[0] ?? null;

  const stateOf = (port: number): Node['state'] => {
    if (leader === null) return 'UNKNOWN';
    return leader === port ? 'LEADER' : 'FOLLOWER';
  };
  const nodes = (): ReadonlyArray<Node> =>
    ports.map((port) => ({ port, isAlive: running.has(port), state: stateOf(port) }));
  const start = async (port: number): Promise<void> => {
    const ends: Array<() => void> = [];
    subscriptions.set(port, ends);
    running.set(
      port,
      await startStandIn({ ...embedded, version, nodes, onSubscription: (end) => ends.push(end) }, port),
    );
  };
  const leading = (): number => {
    if (leader === null) throw new Error('Nobody leads');
    return leader;
  };
  /** Nobody is chosen twice in a row. */
  const elect = async (before: number): Promise<void> => {
    leader = null;
    await sleep(ELECTION_MS);
    leader = ports.find((port) => port !== before && running.has(port)) ?? before;
  };
  const endSubscriptions = (port: number): void => {
    for (const end of subscriptions.get(port)?.splice(0) ?? []) end();
  };

  for (const port of ports) await start(port);
  return {
    connectionString: `esdb://${ports.map((port) => `127.0.0.1:${port}`).join(',')}?tls=false`,
    head: () => answerOf(embedded.feed.head()),
    loseLeader: async () => {
      const before = leading();
      const elected = elect(before);
      await running.get(before)?.stop();
      running.delete(before);
      await elected;
    },
    deposeLeader: async () => {
      const before = leading();
      const elected = elect(before);
      endSubscriptions(before);
      await elected;
    },
    bringBack: async () => {
      for (const port of ports) if (!running.has(port)) await start(port);
    },
    stop: async () => {
      await Promise.all([...running.values()].map(({ stop }) => stop()));
      await embedded.close();
      await close();
    },
  };
};
