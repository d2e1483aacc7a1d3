import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { eventually } from '../eventually.js';

const root = resolve('.');
const home = join(root, '.cache', 'test-dist');
const infrastructure = join(home, 'dist', 'infrastructure');

const build = (): void => {
  mkdirSync(home, { recursive: true });
  copyFileSync(join(root, 'package.json'), join(home, 'package.json'));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const incremental = ['--incremental', '--tsBuildInfoFile', join(home, 'tsbuildinfo')];
  spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', join(home, 'dist'), ...incremental]);
  spawnSync(process.execPath, [join(root, 'scripts', 'copy-page.mjs'), join(home, 'dist')]);
};

/**
 * What `npm run build` makes, of the sources as they are now: once for a run of the tests, whichever suite asks first. It
 * stands beside the one of `npm start`, so that neither disturbs the other.
 */
export const builtDist = async (): Promise<{ readonly main: string; readonly cli: string }> => {
  const run = process.env['DOORBUSTER_TEST_RUN'];
  if (run === undefined) throw new Error('The tests were started without their global setup');
  const done = join(run, 'built');
  try {
    mkdirSync(join(run, 'building'));
    build();
    writeFileSync(done, '');
  } catch {
    await eventually(() => existsSync(done), 60_000);
  }
  return { main: join(infrastructure, 'main.js'), cli: join(infrastructure, 'cli.js') };
};
