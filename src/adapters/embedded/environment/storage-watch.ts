import { statfs } from 'node:fs/promises';
import { type RootDatabase } from 'lmdb';

/** Why nothing can be written. `detail` names the directory, for operators. */
export interface StorageTrouble {
  readonly code: 'DISK_FULL' | 'DISK_FAILED';
  readonly detail: string;
}

/** Knows since the latest commits whether the disk takes what is written. */
export interface StorageWatch {
  /** Null while everything can be written. */
  readonly trouble: () => StorageTrouble | null;
  readonly failed: (cause: unknown) => void;
  readonly close: () => void;
}

const PROBE_MS = 500;
/** Less than this is no room: it would be full again at the next commits. */
const LEAST_FREE_BYTES = 2 ** 20;

const isFull = (cause: unknown): boolean => /no space|ENOSPC|quota|EDQUOT|MAP_FULL/i.test(String(cause));

const hasRoom = async (directory: string): Promise<boolean> => {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize >= LEAST_FREE_BYTES;
};

/** Once a commit has failed it tries, twice a second, whether there is room and a commit succeeds again. */
export const watchStorage = (directory: string, tryCommit: () => Promise<unknown>): StorageWatch => {
  let trouble: StorageTrouble | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const probe = async (): Promise<void> => {
    try {
      if (trouble?.code === 'DISK_FULL' && !(await hasRoom(directory))) return;
      await tryCommit();
      trouble = null;
    } catch {
      // Still so.
    }
  };
  const later = (): void => {
    if (closed || timer !== null) return;
    const due = async (): Promise<void> => {
      await probe();
      timer = null;
      if (trouble !== null) later();
    };
    timer = setTimeout(() => void due(), PROBE_MS).unref();
  };

  return {
    trouble: () => trouble,
    failed: (cause) => {
      const what = isFull(cause) ? 'is full' : 'cannot be written to';
      trouble = {
        code: isFull(cause) ? 'DISK_FULL' : 'DISK_FAILED',
        detail: `The disk of ${directory} ${what}: ${cause instanceof Error ? cause.message : String(cause)}`,
      };
      later();
    },
    close: () => {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
};

const watches = new WeakMap<RootDatabase<unknown>, StorageWatch>();

/** From now on commits of this environment are watched. */
export const watchCommits = (root: RootDatabase<unknown>, watch: StorageWatch): void => void watches.set(root, watch);

/** A commit failed. */
export const commitFailed = (root: RootDatabase<unknown>, cause: unknown): void => watches.get(root)?.failed(cause);
