import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesOfRun } from './processes-of-run.mjs';

const kill = (pid) => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
};

const ENDING_MS = 30_000;

/** Ends the servers this run started, and fails the run if a suite left a process behind. */
export default async () => {
  const dir = process.env.TEST_RUN_DIR;
  for (const engine of ['kafka', 'redis', 'eventstore']) {
    const file = join(dir, `${engine}.json`);
    const { pid } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    if (pid) kill(pid);
  }
  rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  // Jest's own workers, and what watches over an engine, end by themselves a moment later.
  const left = () =>
    processesOfRun(dir).filter(({ command }) => !/jest-worker|processChild|end-with\.mjs/.test(command));
  for (const deadline = performance.now() + ENDING_MS; left().length > 0 && performance.now() < deadline;)
    await sleep(50);
  const behind = left();
  behind.forEach(({ pid }) => kill(pid));
  if (behind.length > 0)
    throw new Error(`Left behind by the tests: ${behind.map(({ pid, command }) => `${pid} ${command}`).join('\n')}`);
};
