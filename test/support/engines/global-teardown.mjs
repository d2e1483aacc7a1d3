import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Ends the servers this run started; end-with.mjs would, a moment later. */
export default () => {
  const dir = process.env.DOORBUSTER_TEST_RUN;
  for (const engine of ['kafka', 'redis', 'eventstore']) {
    const file = join(dir, `${engine}.json`);
    const { pid } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    try {
      if (pid) process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
  rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
};
