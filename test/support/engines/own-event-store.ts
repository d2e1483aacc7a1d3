import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Version } from '../eventstoredb-stand-in/behaviour.js';
import { freePort } from './free-port.js';
import { ownProcess, type OwnProcess } from './own-process.js';
import { testRun } from './test-run.js';

const startOn = async (directory: string, port: number, version: Version): Promise<number> => {
  const script = join(process.cwd(), 'scripts', 'eventstore-stand-in.mjs');
  const server = spawn(process.execPath, [script, directory, String(port), version], {
    env: { ...process.env, NODE_OPTIONS: '' },
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const failed = once(server, 'exit').then(() => Promise.reject(new Error('the stand-in of EventStoreDB ended')));
  failed.catch(() => undefined);
  await Promise.race([once(server.stdout, 'data'), failed]);
  server.stdout.destroy();
  server.unref();
  const pid = server.pid ?? 0;
  const watcher = [join(process.cwd(), 'scripts', 'end-with.mjs'), String(testRun().pid), String(pid)];
  spawn(process.execPath, watcher, { detached: true, stdio: 'ignore' }).unref();
  return pid;
};

export interface OwnEventStore extends OwnProcess {
  readonly url: string;
  readonly port: number;
  /** Where its data are. */
  readonly directory: string;
  /** Again, with its data, on the same port. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The stand-in of EventStoreDB as a process of one's own, to be frozen and killed. */
export const startOwnEventStore = async (version: Version = '23.10'): Promise<OwnEventStore> => {
  const directory = mkdtempSync(join(tmpdir(), 'doorbuster-event-store-'));
  const port = await freePort();
  let pid = await startOn(directory, port, version);
  const process_ = ownProcess(() => pid);
  return {
    ...process_,
    url: `esdb://127.0.0.1:${port}?tls=false`,
    port,
    directory,
    restart: async () => {
      pid = await startOn(directory, port, version);
    },
    stop: async () => {
      await process_.kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
