import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';

const MODE = 0o600;
/** Changing a file takes milliseconds: a process that has not finished after this long has died. */
const TURN_WITHIN_MS = 5_000;
const LOOK_AGAIN_MS = 5;

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** A file that others of this machine can read is no secret; the message says what to do. */
export class NotPrivate extends Error {
  constructor(path: string) {
    super(`${path} can be read or written by others of this machine: chmod 600 ${path}`);
  }
}

/** Another process has begun to change a file and has not finished; the message says what to do. */
export class InUse extends Error {
  constructor(lock: string) {
    super(`Another process is changing this file, or ended on the way: if there is none, remove ${lock}`);
  }
}

/**
 * Whether others of this machine may read or write a file. One that belongs to another user was put there for this process, as
 * Kubernetes mounts a Secret: its group may read it. Windows knows no such modes.
 */
export const isExposed = ({ mode, uid }: Pick<Stats, 'mode' | 'uid'>, user = process.getuid?.()): boolean =>
  user !== undefined && (mode & (uid === user ? 0o077 : 0o027)) !== 0;

const checkPrivate = (path: string): void => {
  if (isExposed(statSync(path))) throw new NotPrivate(path);
};

/** What stands in a file that only its owner can read; null when there is none. */
export const readPrivate = (path: string): string | null => {
  try {
    checkPrivate(path);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

const written = (path: string, content: string): string => {
  const beside = `${path}.${randomUUID()}`;
  writeFileSync(beside, content, { mode: MODE, flag: 'wx', flush: true });
  return beside;
};

/** A reader sees either all of the old content or all of the new. */
export const replacePrivate = (path: string, content: string): void => renameSync(written(path, content), path);

const takeTurn = (lock: string): boolean => {
  try {
    writeFileSync(lock, '', { mode: MODE, flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  }
};

const pause = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/**
 * Of two processes that change a file, the second sees what the first has made of it. Throws InUse when its turn does not
 * come.
 */
export const inTurn = <A>(path: string, change: () => A): A => {
  const lock = `${path}.lock`;
  const giveUpAt = performance.now() + TURN_WITHIN_MS;
  while (!takeTurn(lock)) {
    if (performance.now() > giveUpAt) throw new InUse(lock);
    pause(LOOK_AGAIN_MS);
  }
  try {
    return change();
  } finally {
    rmSync(lock);
  }
};

/** Of two who create the same, one's is kept: that one is answered. */
export const keepPrivate = (path: string, content: () => string): string => {
  const there = readPrivate(path);
  if (there !== null) return there;
  const mine = content();
  const beside = written(path, mine);
  try {
    linkSync(beside, path);
    return mine;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return readPrivate(path) ?? mine;
  } finally {
    rmSync(beside);
  }
};
