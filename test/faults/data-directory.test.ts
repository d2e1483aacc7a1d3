import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { runMain, startChildServer } from '../support/server/child-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';

const newDir = tempDirs();

test('a data directory in use is left to who has it, and the second is told who that is', async () => {
  const directory = newDir();
  const server = await startChildServer(directory);
  const second = await runMain({ DATA_DIR: directory, HTTP_PORT: '0' });
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`in use by process ${server.process.pid} on ${hostname()} since 20`);
  expect(second.stderr).toContain(`which listens at ${server.url}. Stop it`);
  expect((await checkedFetch(`${server.url}/health/ready`)).status).toBe(200);
  expect((await server.kill('SIGTERM')).code).toBe(0);
});

test('one that cannot be written to is named, with the reason', async () => {
  const file = join(newDir(), 'file');
  writeFileSync(file, '');
  const ended = await runMain({ DATA_DIR: join(file, 'data'), HTTP_PORT: '0' });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/cannot be written to: ENOTDIR/);
});

test('one in a file system that takes no directories is named at once', async () => {
  for (const directory of ['/proc/doorbuster', '/proc/doorbuster/data']) {
    const ended = await runMain({ DATA_DIR: directory, HTTP_PORT: '0' });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/cannot be written to: E/);
  }
});

test('one of a newer format is not touched', async () => {
  const directory = newDir();
  writeFileSync(join(directory, 'format'), '999\n');
  const ended = await runMain({ DATA_DIR: directory, HTTP_PORT: '0' });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain('written by a newer Doorbuster (format 999');
  expect(readdirSync(directory)).toEqual(['format']);
  expect(readFileSync(join(directory, 'format'), 'utf8')).toBe('999\n');
});

test('a port that is taken is named', async () => {
  const server = await startChildServer(newDir());
  const { port } = new URL(server.url);
  const ended = await runMain({ DATA_DIR: newDir(), HTTP_PORT: port });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain(`EADDRINUSE: address already in use 127.0.0.1:${port}`);
  await server.kill('SIGTERM');
});

test('an environment with faults starts nothing and lists them all', async () => {
  const ended = await runMain({ DATA_DIR: newDir(), HTTP_PORT: 'x', PROCESSES: 'api' });
  expect(ended.code).toBe(1);
  for (const name of ['HTTP_PORT', 'EVENTSTORE_URL', 'KAFKA_BROKERS', 'REDIS_URL'])
    expect(ended.stderr).toContain(`${name}: `);
});
