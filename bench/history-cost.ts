/**
 * What seals, receipts and a backup cost a sale: the built product as it is, the same build without the code that seals the history
 * and signs receipts, and the first server while backups of its data are taken one after the other. In turns, on two cores or more.
 *   node --import ./test/support/run-typescript.mjs bench/history-cost.ts [ROUNDS] [REQUESTS]
 * BENCH_DIST names a build to be measured instead of the sources as they are now.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build as bundle } from '../scripts/build.mjs';
import { build } from './harness/built.js';
import { stopChildren } from './harness/child.js';
import { startGenerator } from './harness/generator.js';
import { inTurns } from './harness/in-turns.js';
import { count, median, ms, percentile, ratio, spread } from './harness/numbers.js';
import { type Server, startProduct } from './harness/servers.js';

const CONNECTIONS = 256;
const BACKUP_WITHIN_MS = 300_000;
/** Of the steady load. */
const SECONDS = 5;

const [rounds = 5, requests = 20_000, perSecond = 5_000] = process.argv.slice(2).map(Number);
const dist = process.env['BENCH_DIST'] ?? build();
const home = mkdtempSync(join(tmpdir(), 'doorbuster-history-'));
const generator = startGenerator();

/** The same sources, in which nothing is sealed and no receipt is signed. */
const withoutSeals = (): string => {
  const sources = join('.cache', 'without-seals', 'src');
  rmSync(dirname(sources), { recursive: true, force: true });
  cpSync('src', sources, { recursive: true });
  symlinkSync(resolve('packages'), join(dirname(sources), 'packages'));
  const replace = (file: string, source: string): void => {
    statSync(join(sources, file));
    writeFileSync(join(sources, file), source);
  };
  replace(
    'infrastructure/processes/sealing.ts',
    'export const startSealing = async () => ({ stop: async () => {} });\n',
  );
  replace('application/kernel/history/issue-receipts.ts', 'export const issueReceipts = () => async () => null;\n');
  const built = join(dirname(dist), 'without-seals');
  bundle(built, sources);
  rmSync(dirname(sources), { recursive: true });
  return built;
};

interface Player {
  readonly name: string;
  readonly server: Server;
  /** Runs beside every round, until it is told to end. */
  readonly beside: (isOver: () => boolean) => Promise<number>;
}

const alone = async (): Promise<number> => 0;

const takeBackups =
  (directory: string): Player['beside'] =>
  async (isOver) => {
    for (let taken = 0; ; taken += 1) {
      if (isOver()) return taken;
      const target = join(home, 'backup');
      const command = [join(dist, 'infrastructure', 'cli.js'), 'backup', target];
      const env = { ...process.env, DATA_DIR: directory };
      await promisify(execFile)(process.execPath, command, { env, timeout: BACKUP_WITHIN_MS });
      rmSync(target, { recursive: true });
    }
  };

const sold = join(home, 'as-it-is');
const start = async (build: string, directory: string): Promise<Server> => startProduct(build, { DATA_DIR: directory });
const asItIs: Player = { name: 'as it is', server: await start(dist, sold), beside: alone };
const players: ReadonlyArray<Player> = [
  asItIs,
  { name: 'without seals and receipts', server: await start(withoutSeals(), join(home, 'without')), beside: alone },
  // The same server: as many data as without a backup.
  { name: 'while backups are taken', server: asItIs.server, beside: takeBackups(sold) },
];

interface Round {
  readonly accepted: number;
  readonly decided: number;
  readonly cpuUs: number;
  /** At so many a second: how many were accepted in one, what each cost until all were decided, and 99 of 100 waited no longer. */
  readonly steady: number;
  readonly steadyCpuUs: number;
  readonly p99Ms: number;
  readonly backups: number;
}

const press = async ({ url, child, create }: Server, couponId: string) => {
  await create(couponId, 10 * requests);
  const before = await child.usage();
  const began = performance.now();
  const job = { url, couponId, salt: couponId, connections: CONNECTIONS, requests };
  const { wallMs } = await generator.press(job);
  await generator.settle(url, couponId, requests);
  const finalMs = performance.now() - began;
  const { cpuUs } = await child.usage();
  return {
    accepted: requests / (wallMs / 1_000),
    decided: requests / (finalMs / 1_000),
    cpuUs: (cpuUs - before.cpuUs) / requests,
  };
};

const pace = async ({ url, child, create }: Server, couponId: string) => {
  await create(couponId, 10 * perSecond * SECONDS);
  const before = await child.usage();
  const job = { url, couponId, salt: couponId, perSecond, seconds: SECONDS, isFollowed: false };
  const { accepted, wallMs, acceptMs } = await generator.pace(job);
  await generator.settle(url, couponId, accepted);
  const { cpuUs } = await child.usage();
  return {
    steady: accepted / (wallMs / 1_000),
    steadyCpuUs: (cpuUs - before.cpuUs) / accepted,
    p99Ms: percentile(acceptMs, 99),
  };
};

const measure = async ({ name, server, beside }: Player, round: number): Promise<Round> => {
  let isOver = false;
  const taking = beside(() => isOver);
  const sale = `${name.replaceAll(' ', '-')}-${round}`;
  const load = async () => ({
    ...(await press(server, `round-${sale}`)),
    ...(await pace(server, `steady-${sale}`)),
  });
  // Also where the round fails: backups would be taken for ever.
  const loading = load().finally(() => (isOver = true));
  const [figures, backups] = await Promise.all([loading, taking]);
  return { ...figures, backups };
};

const turns = await inTurns(players, { warmUp: 1, rounds }, measure);
const base = turns.get(asItIs)?.rounds ?? [];
for (const [{ name }, { rounds: mine, failed }] of turns) {
  if (failed !== null) throw failed.error;
  const of = (figure: keyof Round): ReadonlyArray<number> => mine.map((round) => round[figure]);
  const share = (figure: keyof Round): string => {
    const shares = mine.map((round, n) => (base[n]?.[figure] ?? NaN) / round[figure]);
    return `${ratio(median(shares))}${spread(shares, ratio)}`;
  };
  const perSecondOf = (figure: keyof Round): string => `${count(median(of(figure)))}/s`;
  const taken = Math.max(...of('backups')) > 0 ? `, ${median(of('backups'))} backups a round` : '';
  console.log(
    `${name}: accepted ${perSecondOf('accepted')}, decided and visible ${perSecondOf('decided')}, ${count(median(of('cpuUs')))} µs of CPU each${taken}\n` +
      `  as it is, in relation to this: accepted ${share('accepted')}, decided ${share('decided')}, CPU ${share('cpuUs')}\n` +
      `  at ${count(perSecond)}/s: accepted ${perSecondOf('steady')}, p99 ${ms(median(of('p99Ms')))}${spread(of('p99Ms'), ms)}, ` +
      `${count(median(of('steadyCpuUs')))} µs of CPU each\n` +
      `  as it is, in relation to this: accepted ${share('steady')}, p99 ${share('p99Ms')}, CPU ${share('steadyCpuUs')}`,
  );
}
await stopChildren();
rmSync(home, { recursive: true, force: true });
