import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readHolder } from '../../src/adapters/embedded/environment/index.js';
import { describeWithNamespaces } from '../support/engines/describe-with-namespaces.js';
import { eventually } from '../support/eventually.js';
import { startBoxed } from '../support/server/boxed.js';
import { builtDist } from '../support/server/built-dist.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const running = new Set<ChildProcess>();
afterAll(() => running.forEach(({ pid }) => pid !== undefined && process.kill(-pid, 'SIGKILL')));

/** A line of the shell in a process group of its own, as a terminal starts it. */
const shell = (line: string, args: ReadonlyArray<string>, variables: Readonly<Record<string, string>> = {}) => {
  const child = spawn('bash', ['-o', 'pipefail', '-c', line, ...args], {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'info', ...variables },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const ended = once(child, 'close').then(() => {
    running.delete(child);
    return { code: child.exitCode, stdout, stderr };
  });
  return { child, ended, interrupt: () => void (child.pid !== undefined && process.kill(-child.pid, 'SIGINT')) };
};

const listening = (directory: string): Promise<string> =>
  eventually(() => readHolder(directory)?.url ?? Promise.reject(new Error('it does not listen')));

const droppedOf = async (url: string): Promise<number> => {
  const { text } = await http(`${url}/metrics`);
  return Number(/^log_lines_dropped_total (\d+)$/m.exec(text)?.[1]);
};

test.each([
  ['the reader of its output has gone', '"$0" "$1" | head -c 1 >/dev/null; exit "${PIPESTATUS[0]}"'],
  ['Ctrl-C ends the reader of its output, too', '"$0" "$1" | cat >/dev/null; exit "${PIPESTATUS[0]}"'],
  ['the disk of its log is full', '"$0" "$1" >/dev/full'],
  ['nobody sees its errors either', '"$0" "$1" >/dev/full 2>/dev/full'],
  ['nothing was opened for its output', '"$0" "$1" >&- 2>&-'],
])('a server goes on, and ends with 0 by Ctrl-C, when %s', async (_, line) => {
  const { main } = await builtDist();
  const directory = newDir();
  const server = shell(line, [process.execPath, main], { DATA_DIR: directory, HTTP_PORT: '0' });
  const url = await listening(directory);
  const coupon = { name: 'C', quantity: 1, discount: { kind: 'PERCENT', value: 5 } };
  for (let n = 0; n < 3; n += 1) expect((await http(`${url}/api/coupons`, coupon)).status).toBe(201);
  const holder = readHolder(directory);
  const ended = once(server.child, 'close');
  server.interrupt();
  await ended;
  // What it says of itself is blank once it has closed its data as it should.
  expect(holder?.pid).toBeDefined();
  expect(readHolder(directory)).toBeNull();
});

test('lines that could not be written are counted', async () => {
  const { main } = await builtDist();
  const directory = newDir();
  const server = shell('exec "$0" "$1" >/dev/full', [process.execPath, main], { DATA_DIR: directory, HTTP_PORT: '0' });
  const url = await listening(directory);
  await eventually(async () => expect(await droppedOf(url)).toBeGreaterThan(0));
  server.child.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
});

test.each([
  ['a pipe', '"$0" "$@" | sleep 1000'],
  ['a socket', 'exec "$0" "$@"'],
])('a log that nobody reads from %s stops neither the event loop nor the end', async (kind, line) => {
  const file = join(newDir(), 'turns');
  const noisy = fileURLToPath(new URL('../support/server/log-for-ever.ts', import.meta.url));
  const loader = fileURLToPath(new URL('../support/run-typescript.mjs', import.meta.url));
  const { child, ended } = shell(line, [process.execPath, '--import', loader, noisy, file]);
  if (kind === 'a socket') child.stdout?.pause();
  const seen = (): { turns: number; dropped: number; pid: number } =>
    existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { turns: 0, dropped: 0, pid: 0 };
  await eventually(() => expect(seen().dropped).toBeGreaterThan(1_000));
  const before = seen().turns;
  await eventually(() => expect(seen().turns).toBeGreaterThan(before + 20));
  process.kill(seen().pid, 'SIGTERM');
  if (kind === 'a socket') expect(await once(child, 'exit')).toEqual([0, null]);
  else {
    await eventually(() => expect(() => process.kill(seen().pid, 0)).toThrow());
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await ended;
  }
});

describe('the command line', () => {
  test('does all of its work for a reader that has had enough', async () => {
    const { cli } = await builtDist();
    const read = await shell('"$0" "$1" --help | true', [process.execPath, cli]).ended;
    expect(read).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test.each(['--help', 'rehearse --help'])('says in a line why its output cannot be written: %s', async (args) => {
    const { cli } = await builtDist();
    const full = await shell(`"$0" "$1" ${args} >/dev/full`, [process.execPath, cli]).ended;
    expect(full.code).toBe(1);
    expect(full.stderr).toMatch(/^The output could not be written: ENOSPC[^\n]*\n$/);
  });
});

await describeWithNamespaces(() => {
  test('once there is room on the disk of the log again, a line says how many are missing', async () => {
    const disk = join(newDir(), 'disk');
    const file = join(newDir(), 'turns');
    const noisy = fileURLToPath(new URL('../support/server/log-for-ever.ts', import.meta.url));
    const loader = fileURLToPath(new URL('../support/run-typescript.mjs', import.meta.url));
    const boxed = await startBoxed([process.execPath, '--import', loader, noisy, file], {
      disk: { directory: disk, size: '4m' },
      output: `${disk}/log`,
    });
    const seen = (): { turns: number; dropped: number } =>
      existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { turns: 0, dropped: 0 };
    const log = boxed.inside(join(disk, 'log'));
    await eventually(() => expect(seen().dropped).toBeGreaterThan(100));
    expect(statfsSync(boxed.inside(disk)).bavail).toBe(0);
    const before = seen().turns;
    await eventually(() => expect(seen().turns).toBeGreaterThan(before + 10));
    writeFileSync(log, '');
    await eventually(() =>
      expect(readFileSync(log, 'utf8')).toMatch(/"lines":\d+,"msg":"lines of this log were dropped/),
    );
    expect((await boxed.kill('SIGTERM')).code).toBe(0);
    rmSync(file);
  });
});
