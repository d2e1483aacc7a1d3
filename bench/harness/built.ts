import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build as bundle } from '../../scripts/build.mjs';

const home = resolve('.cache', 'bench-dist');
const WITHIN_MS = 180_000;

const run = (program: string, args: ReadonlyArray<string>): void => {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: WITHIN_MS });
  if (error !== undefined || status !== 0)
    throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? ''}\n${stdout}${stderr}`);
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A copy for this run alone, so that the next one does not change under it what it measures; those of past runs go. */
const copyOf = (dist: string): string => {
  const runs = join(home, 'runs');
  mkdirSync(runs, { recursive: true });
  for (const run of readdirSync(runs)) if (!isAlive(Number(run))) rmSync(join(runs, run), { recursive: true });
  const copy = join(runs, String(process.pid));
  cpSync(dist, join(copy, 'dist'), { recursive: true });
  copyFileSync('package.json', join(copy, 'package.json'));
  return join(copy, 'dist');
};

/** What `npm run build` makes of the sources as they are now, beside the one of `npm start`; answers the directory. */
export const build = (): string => {
  bundle(join(home, 'dist'));
  return copyOf(join(home, 'dist'));
};

const writtenAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The libraries compared with have a directory of their own: the product depends on none of them. */
export const installCompared = (): void => {
  const [wanted, installed] = ['bench/package-lock.json', 'bench/node_modules/.package-lock.json'].map(writtenAt);
  if ((installed ?? 0) < (wanted ?? 0)) run('npm', ['ci', '--ignore-scripts', '--prefix', 'bench']);
};
