import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { type OwnRedis, startOwnRedis } from './own-redis.js';

const SLOTS = 16_384;

export interface OwnRedisCluster {
  readonly url: string;
  readonly nodes: ReadonlyArray<OwnRedis>;
  readonly stop: () => Promise<void>;
}

/** Three primaries without replicas, which share the slots. */
export const startOwnRedisCluster = async (): Promise<OwnRedisCluster> => {
  const node = async (bus: number): Promise<OwnRedis> => {
    const settings = ['--cluster-enabled', 'yes', '--cluster-port', String(bus), '--cluster-node-timeout', '2000'];
    return startOwnRedis([...settings, '--cluster-config-file', `nodes-${bus}.conf`]);
  };
  const buses = [await freePort(), await freePort(), await freePort()];
  const nodes = await Promise.all(buses.map(node));
  const ends = nodes.map((_, index) => Math.floor((SLOTS * (index + 1)) / nodes.length));
  const [first] = nodes;
  for (const [index, each] of nodes.entries()) {
    await each.ask(`CLUSTER SET-CONFIG-EPOCH ${index + 1}`);
    await each.ask(`CLUSTER ADDSLOTSRANGE ${ends[index - 1] ?? 0} ${(ends[index] ?? SLOTS) - 1}`);
    await first?.ask(`CLUSTER MEET 127.0.0.1 ${each.port} ${buses[index]}`);
  }
  for (const each of nodes) while (!/cluster_state:ok/.test(await each.ask('CLUSTER INFO'))) await sleep(50);
  return {
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    stop: async () => void (await Promise.all(nodes.map((each) => each.stop()))),
  };
};
