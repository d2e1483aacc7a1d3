import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readHolder } from '../../src/adapters/embedded/environment/index.js';
import { eventually } from '../support/eventually.js';
import { runCli, startChildServer, startCli } from '../support/server/child-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const NOWHERE = ['--url', 'http://127.0.0.1:1'];

/** One line for people; the same as JSON for programs. */
const failsWith = async (args: ReadonlyArray<string>, code: number, saying: RegExp): Promise<void> => {
  const [told, json] = await Promise.all([runCli(args), runCli([...args, '--json'])]);
  expect({ args, ...told }).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(/^[^\n]+\n$/) });
  expect(told.stderr).toMatch(saying);
  expect({ args, code: json.code, stdout: json.stdout }).toMatchObject({ code, stdout: '' });
  expect(JSON.parse(json.stderr)).toMatchObject({
    error: { code: expect.any(String), message: expect.stringMatching(saying) },
  });
};

test.each([
  [['projections', 'list', ...NOWHERE]],
  [['verify', 'order', 'o-1', ...NOWHERE]],
  [['rehearse', '--users', '5', ...NOWHERE]],
])('a server that is not there is told in one line: %j', (args) => failsWith(args, 1, /No server answers at/));

describe('against a server that is', () => {
  let server: Server;
  let url: string;
  const serve = async (answer: Parameters<typeof createServer>[1] & {}): Promise<void> => {
    server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  };
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test('no Doorbuster, every command says so', async () => {
    await serve((request, response) => {
      const type = request.url === '/health/live' ? 'text/plain' : 'application/json';
      response.writeHead(200, { 'content-type': type }).end('<html>');
    });
    for (const command of [['projections', 'list'], ['reconcile'], ['timeline', 'ana'], ['verify', 'coupon', 'c']])
      await failsWith([...command, '--url', url], 1, /is it a Doorbuster|server went away/);
  });

  test('cut off in the middle of its answer, every command says so', async () => {
    await serve((request, response) => {
      const isLine = request.headers.accept?.includes('ndjson') === true;
      response.writeHead(200, { 'content-type': isLine ? 'application/x-ndjson' : 'application/json' });
      response.write(isLine ? '{"progress":{"done":1,"total":2}}\n' : '{"items":[', () => response.destroy());
    });
    for (const command of [['projections', 'list'], ['reconcile'], ['projections', 'rebuild', 'coupons']])
      await failsWith([...command, '--url', url], 1, /The server closed the connection before it answered/);
  });

  test('behind a path of a proxy, it is called there', async () => {
    await serve((request, response) => {
      response.writeHead(request.url === '/sale/admin/projections' ? 200 : 404, { 'content-type': 'application/json' });
      response.end('{"items":[]}');
    });
    expect(await runCli(['projections', 'list', '--json', '--url', `${url}/sale/`])).toMatchObject({ code: 0 });
  });

  test('always unable to answer, a rehearsal is given up, and says what it waited for', async () => {
    await serve((request, response) => {
      const status = request.url === '/health/live' ? 200 : 503;
      const headers = { 'content-type': 'application/json', 'retry-after': '1' };
      response.writeHead(status, headers).end('{"code":"UNAVAILABLE","status":503}');
    });
    const told = await runCli(['rehearse', '--url', url, '--users', '5', '--give-up', '1']);
    expect(told).toMatchObject({ code: 1, stdout: expect.stringMatching(/^given up, waiting for .*\nFAIL\n$/) });
    const json = await runCli(['rehearse', '--url', url, '--users', '5', '--give-up', '1', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'FAIL', faults: [expect.stringContaining('given up')] });
  });

  test.each([
    ['its streams never open', '/api/sse/'],
    ['nobody gets a place in line', '/api/v1/waiting-token'],
  ])('where %s, the rehearsal of an opening is given up', async (_, dead) => {
    await serve(({ url: path = '' }, response) => {
      const isStream = path.startsWith('/api/sse/');
      const type = isStream ? 'text/event-stream' : 'application/json';
      response.writeHead(path.startsWith(dead) ? 503 : 200, { 'content-type': type, 'retry-after': '1' });
      if (isStream && !path.startsWith(dead)) response.write('event: connected\ndata: {}\n\n');
      else response.end('{"code":"UNAVAILABLE"}');
    });
    const opening = ['rehearse', '--scenario', 'opening', '--users', '5', '--give-up', '1', '--url', url];
    const told = await runCli(opening);
    expect(told).toMatchObject({ code: 1, stdout: expect.stringMatching(/^given up, waiting for .*\nFAIL\n$/) });
  });
});

test('a rehearsal without the right to it says what to give, and that a given token is another one’s', async () => {
  const server = await startChildServer(newDir(), { ADMIN_TOKEN: 'a-token-of-operators' });
  const rehearse = ['rehearse', '--users', '5', '--url', server.url];
  await failsWith(rehearse, 1, /401 UNAUTHENTICATED; give --token/);
  await failsWith([...rehearse, '--token', 'another-token-of-16'], 1, /the token given is not that server/);
  await failsWith(['projections', 'list', '--url', server.url], 1, /UNAUTHENTICATED.*give --token/);
  await server.kill('SIGTERM');
});

test('a rehearsal that a signal ends leaves neither its server nor its data behind', async () => {
  const temporary = newDir();
  const rehearsal = await startCli(['rehearse', '--scenario', 'bots'], { TMPDIR: temporary });
  const server = await eventually(() => {
    const [directory] = readdirSync(temporary).filter((name) => name.startsWith('doorbuster-rehearsal-'));
    const holder = readHolder(join(temporary, directory ?? 'none'));
    if (holder === null) throw new Error('Its server has not started');
    return holder.pid;
  });
  rehearsal.child.kill('SIGTERM');
  expect(await rehearsal.ended).toMatchObject({ code: 143 });
  await eventually(() => expect(() => process.kill(server, 0)).toThrow('ESRCH'));
  expect(readdirSync(temporary)).toEqual([]);
});
