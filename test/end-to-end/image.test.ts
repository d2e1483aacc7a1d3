import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { walkWithBad } from '../support/access/walk.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { builtDist } from '../support/server/built-dist.js';
import { runCli, startChildServer } from '../support/server/child-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

const image =
  readFileSync('Dockerfile', 'utf8')
    .split(/^FROM /m)
    .at(-1) ?? '';
const variables = z.record(z.string(), z.string());
/** `ENV A=1 B=2`. */
const ofImage = variables.parse(
  Object.fromEntries((/^ENV (.+)$/m.exec(image)?.[1] ?? '').split(' ').map((pair) => pair.split('='))),
);
const composed = z
  .object({ services: z.object({ 'api-1': z.object({ environment: variables }) }) })
  .parse(parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true })).services['api-1'].environment;

/** As an operator who set nothing starts it: `${NAME:-default}` is the default. Without the servers, and in a directory of its own. */
const asComposed = Object.fromEntries(
  Object.entries(composed)
    .filter(([name]) => !['EVENTSTORE_URL', 'KAFKA_BROKERS', 'REDIS_URL', 'PROCESSES', 'OPS_PORT'].includes(name))
    .map(([name, value]) => [name, value.replace(/\$\{\w+:-([^}]*)\}/g, '$1')]),
);
const { DATA_DIR: _, ...ofAll } = ofImage;

test('the image runs what is tested here', () => {
  expect(/^CMD (.+)$/m.exec(image)?.[1]).toMatch(/^\["node", .*"dist\/infrastructure\/main\.js"\]$/);
  expect(ofAll).toMatchObject({ NODE_ENV: 'production', HTTP_HOST: '0.0.0.0' });
});

test.each([
  ['docker run', ofAll],
  ['docker compose up', { ...ofAll, ...asComposed }],
])('%s, with nothing set, answers nobody without a credential, and a key that was made beside it', async (_, given) => {
  const directory = newDir();
  const server = await startChildServer(directory, given);
  expect(await walkWithBad(server.url, { nobody: undefined })).toEqual([]);
  const made = await runCli(['keys', 'create', 'kim', '--role', 'operator'], { ...given, DATA_DIR: directory });
  const key = /db_[\w-]{43}/.exec(made.stdout)?.[0] ?? '';
  await eventually(async () =>
    expect((await http(`${server.url}/metrics`, undefined, { authorization: `Bearer ${key}` })).status).toBe(200),
  );
  expect((await server.kill('SIGTERM')).code).toBe(0);
});

test('the few modules that the image takes along beside the build are all that a sale needs', async () => {
  const home = newDir();
  const run = (file: string, ...args: ReadonlyArray<string>) =>
    spawnSync(process.execPath, [file, ...args], { encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  cpSync(join((await builtDist()).main, '../../..'), home, { recursive: true });
  const copied = run('scripts/native-modules.mjs', join(home, 'node_modules'));
  expect([copied.status, copied.stderr]).toEqual([0, '']);
  const sale = run(join(home, 'dist/infrastructure/cli.js'), 'rehearse', '--users', '20', '--quantity', '5');
  expect([sale.status, sale.stdout]).toEqual([0, expect.stringMatching(/^PASS$/m)]);
});
