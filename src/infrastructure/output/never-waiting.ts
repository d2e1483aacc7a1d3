import { constants, fstatSync, openSync, writeSync } from 'node:fs';

/** A line for the person or program that started this process; lost if nobody can read it. Never waits, never throws. */
export const say = (fd: 1 | 2, line: string): void => {
  try {
    writeSync(neverWaiting(fd), `${line}\n`);
  } catch {
    // Nobody reads it, or there is no room for it: no reason to fail.
  }
};

/** Node's own stream of a pipe or a socket keeps it from waiting as long as this process lives. */
const touch = (fd: 1 | 2): 1 | 2 => {
  void (fd === 1 ? process.stdout : process.stderr).writable;
  return fd;
};

/**
 * A descriptor for writing to standard output or error that never waits for who reads it: a full pipe or a halted terminal
 * answers EAGAIN. It is opened anew where that can be, for the flag would be everybody's who shares the open file.
 */
export const neverWaiting = (fd: 1 | 2): number => {
  const kind = fstatSync(fd);
  // A file never waits, and opened anew it would be written from its beginning.
  if (kind.isFile()) return fd;
  if (kind.isSocket()) return touch(fd);
  try {
    return openSync(`/dev/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return touch(fd);
  }
};
