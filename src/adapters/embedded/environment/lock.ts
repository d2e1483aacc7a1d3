import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type DataDirectoryError, notWritable } from './errors.js';
import { processIdentity } from './process-identity.js';

const Holder = z.object({
  pid: z.number(),
  /** Of the process behind the pid: see `processIdentity`. */
  identity: z.string(),
  /** Epoch milliseconds. */
  startedAt: z.number(),
  url: z.string().nullable(),
});

/** Who has a data directory. */
export type LockHolder = z.infer<typeof Holder>;

/** A held lock. Only its holder calls these. */
export interface Lock {
  readonly announce: (url: string) => void;
  readonly release: () => void;
}

const lockFiles = /^lock-(\d{10})\.json$/;

const fileOf = (directory: string, turn: number): string =>
  join(directory, `lock-${String(turn).padStart(10, '0')}.json`);

/** Turns taken so far, the latest first. */
const turns = (directory: string): ReadonlyArray<number> => {
  try {
    return readdirSync(directory)
      .flatMap((name) => lockFiles.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => b - a);
  } catch {
    return [];
  }
};

const holderOf = (directory: string, turn: number): LockHolder | null => {
  try {
    const { success, data } = Holder.safeParse(JSON.parse(readFileSync(fileOf(directory, turn), 'utf8')));
    return success && processIdentity(data.pid) === data.identity ? data : null;
  } catch {
    return null;
  }
};

/** The live process that has the directory; null when none has. */
export const readLock = (directory: string): LockHolder | null => {
  const latest = turns(directory)[0];
  return latest === undefined ? null : holderOf(directory, latest);
};

const inUse = (directory: string, { pid, url }: LockHolder): DataDirectoryError => ({
  code: 'DataDirectoryInUse',
  directory,
  pid,
  url,
});

const heldLock = (directory: string, turn: number, holder: LockHolder, draft: string): Lock => ({
  announce: (url) => {
    writeFileSync(draft, JSON.stringify({ ...holder, url }));
    renameSync(draft, fileOf(directory, turn));
  },
  // The file stays, so that turns only grow; empty, it holds nobody off. Emptying succeeds on a full disk as well.
  release: () => truncateSync(fileOf(directory, turn)),
});

/**
 * Creates the directory and takes its lock, unless a live process has it. A lock is a numbered turn: the turn of a dead
 * process is not removed but followed by the next, which only one process can create. So two that find the same dead
 * holder never both win.
 */
export const takeLock = (directory: string, url: string | null): E.Either<DataDirectoryError, Lock> => {
  const holder = { pid: process.pid, identity: processIdentity(process.pid) ?? '', startedAt: Date.now(), url };
  const draft = join(directory, `lock-of-${process.pid}.tmp`);
  try {
    mkdirSync(directory, { recursive: true });
    for (;;) {
      const latest = turns(directory)[0] ?? 0;
      const other = holderOf(directory, latest);
      if (other !== null) return E.left(inUse(directory, other));
      const turn = latest + 1;
      writeFileSync(draft, JSON.stringify(holder));
      try {
        linkSync(draft, fileOf(directory, turn));
      } catch (error) {
        if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST') continue;
        throw error;
      } finally {
        rmSync(draft, { force: true });
      }
      const [first, ...older] = turns(directory);
      if (first === turn) {
        older.forEach((past) => rmSync(fileOf(directory, past), { force: true }));
        return E.right(heldLock(directory, turn, holder, draft));
      }
      // Others came and went since the turns were read: this one is in the past.
      rmSync(fileOf(directory, turn), { force: true });
    }
  } catch (error) {
    return E.left(notWritable(directory, error));
  }
};
