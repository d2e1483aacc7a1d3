#!/usr/bin/env node
/**
 * node scripts/end-with.mjs PID TARGET: kills TARGET once PID is no more, however it ended. Servers started by a test run
 * outlive its workers and must not outlive the run.
 */
import { clearInterval, setInterval } from 'node:timers';

const [pid, target] = process.argv.slice(2).map(Number);

const signal = (process_, name) => {
  try {
    process.kill(process_, name);
    return true;
  } catch {
    return false;
  }
};

const watch = setInterval(() => {
  if (!signal(target, 0)) clearInterval(watch);
  else if (!signal(pid, 0)) {
    signal(target, 'SIGCONT');
    signal(target, 'SIGKILL');
    clearInterval(watch);
  }
}, 500);
