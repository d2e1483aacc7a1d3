import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { ownProcess, type OwnProcess } from './own-process.js';
import { testRun } from './test-run.js';

/** One inline command, its first answer. */
const ask = (port: number, command: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString().trim());
    });
    socket.once('error', reject);
  });

const START_WITHIN_MS = 10_000;

/** Starts redis-server on `port`, without persistence, with `more` options of its own and the file of a `configuration`, if any. Rejects where there is no such program. */
export const startRedisOn = async (
  port: number,
  more: ReadonlyArray<string> = [],
  configuration: ReadonlyArray<string> = [],
): Promise<{ readonly pid: number }> => {
  // Its own directory: a replica leaves a dump behind, which the next one would begin with.
  const dir = mkdtempSync(join(testRun().dir, 'redis-'));
  const server = spawn(
    'redis-server',
    [
      ...configuration,
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      dir,
      ...more,
    ],
    { detached: true, stdio: 'ignore' },
  );
  const failed = new Promise<never>((_, reject) => {
    server.once('error', () => reject(new Error("no program 'redis-server'")));
    server.once('exit', () => reject(new Error('redis-server ended')));
  });
  const answering = async () => {
    for (const deadline = Date.now() + START_WITHIN_MS; Date.now() < deadline; await sleep(10)) {
      if ((await ask(port, 'PING').catch(() => '')) === '+PONG') return;
    }
    throw new Error('redis-server does not answer');
  };
  await Promise.race([answering(), failed]);
  failed.catch(() => undefined);
  server.unref();
  const pid = server.pid ?? 0;
  const watcher = [join(process.cwd(), 'scripts', 'end-with.mjs'), String(testRun().pid), String(pid)];
  spawn(process.execPath, watcher, { detached: true, stdio: 'ignore' }).unref();
  return { pid };
};

export interface OwnRedis extends OwnProcess {
  readonly url: string;
  readonly port: number;
  /** Everything in it is forgotten. */
  readonly flush: () => Promise<void>;
  /** One inline command, its first answer. */
  readonly ask: (command: string) => Promise<string>;
  /** Again, empty, on the same port. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A server of one's own, to be frozen, wiped and killed. */
export const startOwnRedis = async (
  more: ReadonlyArray<string> = [],
  configuration: ReadonlyArray<string> = [],
): Promise<OwnRedis> => {
  const port = await freePort();
  let { pid } = await startRedisOn(port, more, configuration);
  const process_ = ownProcess(() => pid);
  return {
    ...process_,
    url: `redis://127.0.0.1:${port}`,
    port,
    ask: (command) => ask(port, command),
    flush: async () => void (await ask(port, 'FLUSHALL')),
    restart: async () => {
      ({ pid } = await startRedisOn(port, more, configuration));
    },
    stop: process_.kill,
  };
};
