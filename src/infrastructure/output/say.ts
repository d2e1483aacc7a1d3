import { writeSync } from 'node:fs';
import { neverWaiting } from './never-waiting.js';

/** A line for the person or program that started this process; lost if nobody can read it. Never waits, never throws. */
export const say = (fd: 1 | 2, line: string): void => {
  try {
    writeSync(neverWaiting(fd), `${line}\n`);
  } catch {
    // Nobody reads it, or there is no room for it: no reason to fail.
  }
};
