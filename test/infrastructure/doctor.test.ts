import { chmodSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { openDepartingShop } from '../../src/adapters/embedded/departing-shop/open-departing-shop.js';
import { checkClock } from '../../src/infrastructure/cli/doctor/check-engines.js';
import { checkNode } from '../../src/infrastructure/cli/doctor/check-machine.js';
import { runHere } from '../support/command-line.js';
import { openedDirectory } from '../support/embedded.js';
import { eventually } from '../support/eventually.js';
import { recordingLog } from '../support/in-memory/quiet.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const answer = z.object({
  findings: z.array(z.object({ check: z.string(), state: z.string(), said: z.string() })),
});

/** What is found with these variables and no others of ours; the exit code. */
const examine = async (variables: Readonly<Record<string, string>>) => {
  const before = { ...process.env };
  process.env = { PATH: before['PATH'], HTTP_PORT: '0', ...variables };
  try {
    const { code, stdout } = await runHere('doctor', '--json');
    const { findings } = answer.parse(JSON.parse(stdout));
    const not = (state: string) => findings.filter((each) => each.state === state);
    return { code, findings, wrong: not('wrong'), warnings: not('warning') };
  } finally {
    process.env = before;
  }
};

test('nothing is wrong on a machine that is fit', async () => {
  const { code, findings, wrong } = await examine({ DATA_DIR: newDir(), DISK_MIN_FREE_MB: '0' });
  expect([code, wrong]).toEqual([0, []]);
  expect(findings.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['node', 'configuration', 'data', 'disk', 'ports', 'redis', 'kafka', 'eventstoredb']),
  );
});

test('people read one line for each thing that was looked at', async () => {
  const { stdout } = await runHere('doctor');
  expect(stdout.split('\n')[0]).toMatch(/^ok {6}node: Node \d+/);
  expect(stdout).toMatch(/^(ok {5}|WARNING|WRONG {2}) (disk|configuration): \S/m);
});

test('every fault of the configuration is told, and ends with 1', async () => {
  const { code, wrong } = await examine({ DATA_DIR: newDir(), HTTP_PORT: 'abc', LOG_LEVEL: 'loud' });
  expect(code).toBe(1);
  expect(wrong.map(({ said }) => said).join()).toMatch(/HTTP_PORT[^]*LOG_LEVEL/);
});

test('data and secrets that others can read are wrong, with the command that mends it', async () => {
  const [directory, token] = [newDir(), join(newDir(), 'token')];
  chmodSync(directory, 0o755);
  writeFileSync(token, 'a-token-of-operators', { mode: 0o644 });
  const { code, wrong } = await examine({ DATA_DIR: directory, ADMIN_TOKEN_FILE: token });
  expect(code).toBe(1);
  expect(wrong).toEqual([
    expect.objectContaining({ check: 'data', said: expect.stringContaining(`chmod -R go= ${directory}`) }),
    expect.objectContaining({ check: 'secrets', said: expect.stringContaining(`chmod 600 ${token}`) }),
  ]);
});

test('data that a newer version wrote are wrong: a start would be refused', async () => {
  const directory = newDir();
  writeFileSync(join(directory, 'format'), '99\n', { mode: 0o600 });
  const { wrong } = await examine({ DATA_DIR: directory });
  expect(wrong).toEqual([
    expect.objectContaining({
      check: 'data',
      said: expect.stringContaining('written by a newer Doorbuster (format 99'),
    }),
  ]);
});

test('data whose shop was moved away are wrong: a start would be refused', async () => {
  const directory = newDir();
  const { close } = await openedDirectory(directory);
  await close();
  const shop = openDepartingShop(directory);
  await shop.close(Date.now() + 60_000);
  await shop.depart('other engines', new Date());
  await shop.release();
  const { wrong } = await examine({ DATA_DIR: directory });
  expect(wrong).toEqual([
    expect.objectContaining({ check: 'data', said: expect.stringContaining('was moved to other engines at') }),
  ]);
});

test('a disk with less room than new requests need is wrong', async () => {
  const { wrong } = await examine({ DATA_DIR: newDir(), DISK_MIN_FREE_MB: '1000000' });
  expect(wrong).toEqual([expect.objectContaining({ check: 'disk', said: expect.stringMatching(/make room/) })]);
});

test.each([
  ['hangs up', (socket: Socket) => void socket.destroy()],
  ['never answers', (socket: Socket) => void socket.resume()],
])('a port that another process has, which %s, is wrong', async (_what, talk) => {
  const sockets: Socket[] = [];
  const other = createServer((socket) => {
    sockets.push(socket);
    talk(socket);
  });
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const { wrong } = await examine({ DATA_DIR: newDir(), HTTP_PORT: port });
  expect(wrong).toEqual([
    expect.objectContaining({ check: 'ports', said: expect.stringMatching(/EADDRINUSE.*choose another HTTP_PORT/) }),
  ]);
  other.close();
  sockets.forEach((socket) => socket.destroy());
});

test.each(['127.0.0.1', '127.0.0.2'])('a port that our server has, at %s, is not wrong', async (HTTP_HOST) => {
  const directory = newDir();
  const server = await startInProcess(directory, { LOG_LEVEL: 'silent', HTTP_HOST });
  const ours = await examine({ DATA_DIR: directory, HTTP_HOST, HTTP_PORT: new URL(server.url).port });
  expect(ours.wrong).toEqual([]);
  expect(ours.findings.map(({ said }) => said).join('\n')).toMatch(/in use by process[^]*a Doorbuster server listens/);
  await server.stop();
});

test('endpoints of webhooks whose messages nobody can sign are wrong, and the server says so', async () => {
  const directory = newDir();
  const signing = await startInProcess(directory, { KEYS_SECRET: 'a secret that is long enough for every key' });
  const endpoint = { url: 'https://shop.example/doorbuster' };
  expect(await http(`${signing.url}/admin/webhooks`, endpoint)).toMatchObject({ status: 200, body: { problem: null } });
  await signing.stop();

  const log = { ...recordingLog(), flush: () => undefined, dropped: () => 0 };
  const silent = await startInProcess(directory, {}, { log });
  await eventually(() =>
    expect(log.lines).toContainEqual(expect.stringMatching(/^warn Webhooks are not.*KEYS_SECRET/)),
  );
  const { text } = await http(`${silent.url}/admin/webhooks`);
  expect(JSON.parse(text)).toMatchObject({ items: [{ status: 'ACTIVE', problem: 'KEYS_SECRET_MISSING' }] });
  const { code, wrong } = await examine({ DATA_DIR: directory, DISK_MIN_FREE_MB: '0' });
  expect([code, wrong]).toEqual([1, [expect.objectContaining({ check: 'webhooks' })]]);
  await silent.stop();
});

test('where nobody could operate the server it warns, which is no failure', async () => {
  const { code, warnings } = await examine({ DATA_DIR: newDir(), AUTH: 'jwt', DISK_MIN_FREE_MB: '0' });
  expect(code).toBe(0);
  expect(warnings).toEqual([expect.objectContaining({ said: expect.stringContaining('doorbuster keys create') })]);
});

test('engines that do not answer are wrong, each with its variable', async () => {
  const { code, wrong } = await examine({
    DATA_DIR: newDir(),
    EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false',
    KAFKA_BROKERS: '127.0.0.1:1',
    REDIS_URL: 'redis://127.0.0.1:1',
  });
  expect(code).toBe(1);
  expect(wrong.map(({ check, said }) => `${check} ${said}`)).toEqual([
    expect.stringMatching(/^eventstoredb .*EVENTSTORE_URL/),
    expect.stringMatching(/^kafka .*KAFKA_BROKERS/),
    expect.stringMatching(/^redis .*REDIS_URL/),
  ]);
});

test('an issuer is asked for its keys: whether there are some, and whether they verify tokens', async () => {
  const answers = [
    '{"keys":[{"kty":"EC","kid":"one"},{"kty":"oct"}]}',
    '{"keys":[{"kty":"EC","use":"enc"}]}',
    'no JSON',
  ];
  const issuer = createHttpServer((_, res) => void res.end(answers.shift()));
  await new Promise<void>((listening) => issuer.listen(0, '127.0.0.1', listening));
  const address = issuer.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const ofIssuer = async () =>
    (
      await examine({
        ...{ DATA_DIR: newDir(), AUTH: 'jwt', AUTH_ISSUER: 'shop', AUTH_AUDIENCE: 'sale' },
        AUTH_JWKS_URL: `http://${host}/keys?code=secret`,
      })
    ).findings.filter(({ check }) => check === 'issuer');
  const place = `http://${host}/keys`;
  expect(await ofIssuer()).toEqual([
    { check: 'issuer', state: 'ok', said: `1 of the 2 keys at ${place} verify tokens` },
  ]);
  expect(await ofIssuer()).toMatchObject([
    { state: 'wrong', said: expect.stringMatching(/^0 of the 1 keys.*RS256.*correct AUTH_JWKS_URL$/) },
  ]);
  expect(await ofIssuer()).toMatchObject([
    { state: 'wrong', said: expect.stringContaining(`${place} (its answer is`) },
  ]);
  await new Promise((closed) => issuer.close(closed));
  expect(await ofIssuer()).toMatchObject([{ state: 'wrong', said: expect.stringContaining('ECONNREFUSED') }]);
});

test('a Node that is too old, and a clock that is elsewhere, are wrong', () => {
  expect(checkNode('18.20.1')).toMatchObject({ state: 'wrong', said: expect.stringContaining('20.19 or newer') });
  expect(checkNode('20.19.0').state).toBe('ok');
  expect(checkNode('24.0.0').state).toBe('ok');
  expect(checkClock('Redis', 70_000, 10_000)).toMatchObject({
    state: 'wrong',
    said: expect.stringMatching(/60 s ahead.*NTP/),
  });
  expect(checkClock('Redis', 9_000, 10_000).state).toBe('ok');
});
