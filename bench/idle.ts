/**
 * What the whole topology costs while nobody does anything: every process of docker-compose.yml, real Kafka and Redis, and the
 * EventStoreDB stand-in, with nothing in them. CPU by the kernel's count, commands by Redis's own.
 *   node --import ./test/support/run-typescript.mjs bench/idle.ts [SECONDS]
 * BENCH_DIST names a build to be measured instead of the sources as they are now.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { build } from './harness/built.js';
import { stopChildren } from './harness/child.js';
import { distributed } from './harness/engine-sets.js';
import { startProduct } from './harness/servers.js';

const LAYOUT = ['api', 'api', 'worker', 'projector', 'relay', 'scheduler'];
const PARTITIONS = 3;
/** Consumer groups have their members, and what was compiled at the start is compiled. */
const SETTLE_MS = 20_000;
/** The kernel counts in hundredths of a second. */
const TICKS_PER_SECOND = 100;

const seconds = Number(process.argv[2] ?? 60);
const given = process.env['BENCH_DIST'];
const dist = given ?? build();
const home = mkdtempSync(join(tmpdir(), 'doorbuster-idle-'));
// The engines of the tests end with the process named here.
Object.assign(process.env, { TEST_RUN_DIR: home, TEST_RUN_PID: String(process.pid) });

const read = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It has ended meanwhile, or is not ours to look at.
    return '';
  }
};

interface Running {
  readonly name: string;
  readonly parent: string;
  readonly ticks: number;
}

const nameOf = (command: string, environment: string): string => {
  const [, processes] = /(?:^|\0)PROCESSES=([^\0]*)/.exec(environment) ?? [];
  if (processes !== undefined) return processes;
  if (command.startsWith('java')) return 'kafka';
  if (command.includes('redis-server')) return 'redis';
  return command.includes('event-store') ? 'event store (stand-in)' : 'bench';
};

const looked = (pid: string): Running => {
  const stat = read(pid, 'stat');
  // Behind the name, which may hold anything: state, parent, …, ticks of its own and of the system for it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const name = nameOf(read(pid, 'cmdline'), read(pid, 'environ'));
  return { name, parent: fields[1] ?? '', ticks: Number(fields[11] ?? 0) + Number(fields[12] ?? 0) };
};

/** Everything this run started: what descends from it, and what was told of its directory. */
const ours = (): ReadonlyMap<string, Running> => {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  const all = new Map(pids.map((pid) => [pid, looked(pid)] as const));
  const descends = (pid: string): boolean => {
    const parent = all.get(pid)?.parent;
    return parent !== undefined && (parent === String(process.pid) || descends(parent));
  };
  const isTold = (pid: string): boolean => read(pid, 'cmdline').includes(home) || read(pid, 'environ').includes(home);
  return new Map([...all].filter(([pid]) => pid !== String(process.pid) && (descends(pid) || isTold(pid))));
};

const commandsOf = async (redis: Redis): Promise<ReadonlyMap<string, number>> => {
  const found = (await redis.info('commandstats')).matchAll(/cmdstat_(\S+?):calls=(\d+)/g);
  return new Map([...found].map(([, name = '', calls]) => [name, Number(calls)] as const));
};

const engines = distributed(dist, () => join(home, 'events'), PARTITIONS);
const variables: Readonly<Record<string, string>> = { ...(await engines.variables()), DATA_DIR: join(home, 'data') };
await Promise.all(LAYOUT.map((PROCESSES) => startProduct(dist, { ...variables, PROCESSES })));
const redis = new Redis(variables['REDIS_URL'] ?? '');
await sleep(SETTLE_MS);

const [before, commandsBefore, began] = [ours(), await commandsOf(redis), performance.now()];
await sleep(seconds * 1_000);
const [after, commandsAfter, elapsed] = [ours(), await commandsOf(redis), (performance.now() - began) / 1_000];

const shares = [...after].map(([pid, { name, ticks }]) => {
  const used = ticks - (before.get(pid)?.ticks ?? ticks);
  return [name, (100 * used) / TICKS_PER_SECOND / elapsed] as const;
});
const say = (name: string, share: number): void => console.log(`${name.padEnd(24)}${share.toFixed(2).padStart(6)} %`);
console.log(`CPU over ${Math.round(elapsed)} s, of one core`);
for (const [name, share] of shares) if (share > 0) say(name, share);
say(
  'together',
  shares.reduce((sum, [, share]) => sum + share, 0),
);
const rates = [...commandsAfter]
  .map(([name, calls]) => [name, (calls - (commandsBefore.get(name) ?? 0)) / elapsed] as const)
  .filter(([name, rate]) => rate > 0 && name !== 'info')
  .sort(([, one], [, other]) => other - one);
console.log(`Redis, commands a second: ${rates.map(([name, rate]) => `${name} ${rate.toFixed(1)}`).join(', ')}`);

redis.disconnect();
await stopChildren();
await engines.stop();
if (given === undefined) rmSync(dirname(dist), { recursive: true, force: true });
rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
process.exit(0);
