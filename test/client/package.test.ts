import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { describeWithBrowser } from '../support/engines/describe-with-browser.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const discount = { kind: 'PERCENT', value: 10 };
const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const DEPENDENCIES = ['openapi-fetch', 'openapi-typescript-helpers', 'eventsource-parser', 'altcha-lib'];

/** What somebody writes who has the package and nothing else of ours. */
const USE = `
import { createClient, type Problem } from '@doorbuster/client';

/** The status of a coupon somebody asked for, or why it was refused. */
export const askFor = async (url: string, couponId: string, userId: string): Promise<string> => {
  const client = createClient({ url });
  const asked = await client.requestCoupon({ couponId, userId });
  if (!asked.ok) {
    switch (asked.problem.code) {
      case 'SOLD_OUT': return 'gone';
      // @ts-expect-error An order's code is none of this call's.
      case 'INSUFFICIENT_STOCK': return 'wrong';
      case 'UNREACHABLE': return 'away';
      default: return asked.problem.code;
    }
  }
  const outcome = await asked.value.result();
  // @ts-expect-error A final outcome is never this.
  if (outcome.ok && outcome.value.status === 'PROCESSING') return 'wrong';
  return outcome.ok ? outcome.value.status : outcome.problem.code;
};
export const codeOf = ({ code }: Problem): string => code;
`;
const COMPILER = { strict: true, module: 'nodenext', target: 'es2022', lib: ['es2022', 'dom'], types: [], outDir: '.' };

const run = async (file: string, args: ReadonlyArray<string>, cwd: string): Promise<string> => {
  const env = { ...process.env, npm_config_update_notifier: 'false', npm_config_offline: 'true', NODE_OPTIONS: '' };
  const { stdout } = await promisify(execFile)(file, args, { cwd, env, encoding: 'utf8', timeout: 120_000 });
  return stdout;
};

const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Whether what `npm ci` built is older than a source of it: the compiler takes longest here. */
const isStale = (): boolean => {
  const [src, built] = ['packages/client/src', changedAt('packages/client/dist/index.d.ts')];
  return readdirSync(src).some((file) => changedAt(join(src, file)) > built);
};

/** A folder in which the package was installed from its tarball, without a network. */
const installed = async (): Promise<string> => {
  const [tarballs, folder] = [newDir(), newDir()];
  if (isStale()) await run(process.execPath, [TSC, '-p', 'tsconfig.build.json'], resolve('packages/client'));
  const packages = DEPENDENCIES.map((name) => `./node_modules/${name}`);
  await run('npm', ['pack', './packages/client', ...packages, '--ignore-scripts', '--pack-destination', tarballs], '.');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const files = readdirSync(tarballs).map((file) => join(tarballs, file));
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...files], folder);
  writeFileSync(join(folder, 'use.ts'), USE);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER, files: ['use.ts'] }));
  await run(process.execPath, [TSC, '-p', folder], folder);
  return folder;
};

await describeWithBrowser((browser) => {
  let server: RunningServer;
  let folder: string;
  beforeAll(async () => {
    server = await startInProcess(newDir());
    folder = await installed();
    await http(`${server.url}/api/coupons`, { couponId: 'pack', name: 'Pack', quantity: 2, discount });
  });
  afterAll(() => server.stop());

  it('its tarball has what a user needs and nothing else, and works in Node with its types', async () => {
    const files = readdirSync(join(folder, 'node_modules/@doorbuster/client'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => !/^dist(\/[\w-]+(\.d\.ts|\.js))?$/.test(file)).sort()).toEqual([
      'README.md',
      'package.json',
    ]);
    const script = `import { askFor } from './use.js'; console.log(await askFor('${server.url}', 'pack', 'ana'));`;
    expect((await run(process.execPath, ['--input-type=module', '-e', script], folder)).trim()).toBe('SUCCESS');
  });

  it('works bundled in a browser, and as the one file it brings along', async () => {
    const bundled = join(folder, 'bundled.js');
    const script = `import { askFor } from './use.js'; window.askFor = askFor;`;
    const stdin = { contents: script, resolveDir: folder };
    buildSync({ stdin, bundle: true, format: 'esm', platform: 'browser', outfile: bundled });
    const page = await browser().newPage();
    await page.goto(`${server.url}/health/live`);
    await page.addScriptTag({ type: 'module', content: readFileSync(bundled, 'utf8') });
    await page.waitForFunction('window.askFor');
    expect(await page.evaluate(`window.askFor(location.origin, 'pack', 'ben')`)).toBe('SUCCESS');
    expect(await page.evaluate(`window.askFor(location.origin, 'pack', 'cid')`)).toBe('gone');
    const alone = readFileSync(join(folder, 'node_modules/@doorbuster/client/dist/bundle.js'));
    const address = `data:text/javascript;base64,${alone.toString('base64')}`;
    const read = `import('${address}').then(async ({ createClient }) => {
      const { value } = await createClient({ url: location.origin }).coupons.get('pack');
      return value.issued;
    })`;
    expect(await page.evaluate(read)).toBe(2);
    await page.close();
  });
});
