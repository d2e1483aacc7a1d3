import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const home = resolve('.cache', 'bench-dist');

const run = (program: string, args: ReadonlyArray<string>): void => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}\n${stdout}${stderr}`);
};

/** What `npm run build` makes of the sources as they are now, beside the one of `npm start`; answers the directory. */
export const build = (): string => {
  mkdirSync(home, { recursive: true });
  copyFileSync('package.json', join(home, 'package.json'));
  const incremental = ['--incremental', '--tsBuildInfoFile', join(home, 'tsbuildinfo')];
  const tsc = resolve('node_modules', 'typescript', 'bin', 'tsc');
  // It emits whatever it thinks of the types: those are checked elsewhere.
  spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', join(home, 'dist'), ...incremental]);
  return join(home, 'dist');
};

/** The libraries compared with have a directory of their own: the product depends on none of them. */
export const installCompared = (): void => {
  if (!existsSync('bench/node_modules/.package-lock.json')) run('npm', ['ci', '--ignore-scripts', '--prefix', 'bench']);
};
