import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { either as E } from 'fp-ts';
import { tryLock } from 'fs-native-extensions';
import { type DataDirectoryError, notWritable } from './errors.js';
import { makeDirectory } from './make-directory.js';
import { FILE_MODE } from './private-modes.js';
import { lockFile, type LockHolder, readHolder, writeHolder } from './holder.js';

/** A held lock. Only its holder calls these. */
export interface Lock {
  readonly announce: (url: string) => void;
  readonly release: () => void;
}

/** Asks the kernel for the lock of an open file. False: somebody has it. Throws where the file system has no locks. */
export type AskKernel = (fd: number, options: { readonly shared: boolean }) => boolean;

/** Whoever only looks whether the lock is held has a share in it for a moment. */
const TRIES = 20;
const TRY_AGAIN_MS = 10;

/** What file systems and kernels without such locks answer. */
const LOCKLESS: ReadonlyArray<unknown> = ['ENOLCK', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'];

/** A file that was removed and made anew meanwhile is another one: its lock would keep nobody off. */
const isStillThere = (directory: string, fd: number): boolean =>
  statSync(lockFile(directory), { throwIfNoEntry: false })?.ino === fstatSync(fd).ino;

const isLockless = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && LOCKLESS.includes(error.code);

/** The open file when its lock was to be had, null when somebody has it. */
const tryOnce = (directory: string, ask: AskKernel): number | null => {
  const fd = openSync(lockFile(directory), constants.O_RDWR | constants.O_CREAT, FILE_MODE);
  try {
    if (ask(fd, { shared: false }) && isStillThere(directory, fd)) return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  closeSync(fd);
  return null;
};

const lockedFile = async (directory: string, ask: AskKernel): Promise<number | null> => {
  for (let tries = 1; tries < TRIES; tries += 1) {
    const fd = tryOnce(directory, ask);
    if (fd !== null) return fd;
    await sleep(TRY_AGAIN_MS);
  }
  return tryOnce(directory, ask);
};

const heldLock = (fd: number, holder: LockHolder): Lock => ({
  announce: (url) => writeHolder(fd, { ...holder, url }),
  release: () => {
    try {
      writeHolder(fd, null);
    } finally {
      closeSync(fd);
    }
  },
});

/**
 * Creates the directory and takes its lock, unless somebody has it. The lock is the kernel's, of an open file: it is gone
 * with the process, however that ends, and holds across containers and PID namespaces. What the file says is for people.
 */
export const takeLock = async (
  directory: string,
  ask: AskKernel = tryLock,
): Promise<E.Either<DataDirectoryError, Lock>> => {
  try {
    makeDirectory(directory);
    const fd = await lockedFile(directory, ask);
    if (fd === null) return E.left({ code: 'DataDirectoryInUse', directory, holder: readHolder(directory) });
    const holder = {
      pid: process.pid,
      host: hostname(),
      since: new Date(performance.timeOrigin + performance.now()).toISOString(),
      url: null,
    };
    writeHolder(fd, holder);
    return E.right(heldLock(fd, holder));
  } catch (error) {
    return E.left(isLockless(error) ? { code: 'DataDirectoryNotLockable', directory } : notWritable(directory, error));
  }
};

/** Who has a directory: nobody, or what its holder says of itself; null while it has not said anything yet. */
export type Found = { readonly held: false } | { readonly held: true; readonly holder: LockHolder | null };

const isHeld = (file: string): boolean => {
  const fd = openSync(file, constants.O_RDONLY);
  try {
    return !tryLock(fd, { shared: true });
  } finally {
    closeSync(fd);
  }
};

/** Asks the kernel, not the file. A directory that cannot be read counts as not held; opening it then tells why. */
export const findHolder = (directory: string): Found => {
  try {
    return isHeld(lockFile(directory)) ? { held: true, holder: readHolder(directory) } : { held: false };
  } catch {
    return { held: false };
  }
};
