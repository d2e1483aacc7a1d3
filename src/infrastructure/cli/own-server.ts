import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { packageFile } from '../../adapters/http/package-file.js';
import { readHolder } from '../../adapters/embedded/environment/index.js';

export interface OwnServer {
  readonly url: string;
  /** Its data. */
  readonly directory: string;
  /** Stops it and removes its data. */
  readonly stop: () => Promise<void>;
}

const READY_WITHIN_MS = 15_000;

/**
 * A server of its own for a rehearsal: a process beside this one, embedded engines, a data directory that is removed at the
 * end, also where a signal ends this process earlier. `variables`: its environment, beside what that takes.
 */
export const startOwnServer = async (variables: Readonly<Record<string, string>> = {}): Promise<OwnServer> => {
  const directory = await mkdtemp(join(tmpdir(), 'doorbuster-rehearsal-'));
  const server = spawn(process.execPath, [fileURLToPath(packageFile('dist/infrastructure/main.js'))], {
    env: { PATH: process.env['PATH'], DATA_DIR: directory, HTTP_PORT: '0', LOG_LEVEL: 'error', ...variables },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stopAtOnce = (): void => {
    server.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', stopAtOnce);
  const stop = async (): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) {
      const exited = once(server, 'exit');
      server.kill('SIGTERM');
      await exited;
    }
    await rm(directory, { recursive: true, force: true });
    process.off('exit', stopAtOnce);
  };
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const url = readHolder(directory)?.url;
    if (url !== undefined && url !== null) return { url, directory, stop };
    if (server.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new Error('The server of the rehearsal did not start');
    }
    await sleep(10);
  }
};
