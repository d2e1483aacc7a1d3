import { statfs } from 'node:fs/promises';
import { type RootDatabase } from 'lmdb';

/** Why nothing can be written, or nothing new is taken on. `detail` names the directory, for operators. */
export interface StorageTrouble {
  readonly code: 'DISK_LOW' | 'DISK_FULL' | 'DISK_FAILED';
  readonly detail: string;
}

/** Knows since the latest commits whether the disk takes what is written, and whether it soon will not. */
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

const MEBIBYTE = 2 ** 20;
const LOOK_MS = 1_000;
/** Above the watermark by so much it is over: room that comes and goes by a little changes nothing. */
const RECOVERED = 1.1;

const freeBytes = async (directory: string): Promise<number> => {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
};

export interface StorageWatchOptions {
  /** With less room than this on the disk nothing new is taken on, so that what was can be carried out. 0: not looked at. */
  readonly leastFreeMiB: number;
}

/**
 * Once a commit has failed it tries, twice a second, whether there is room and a commit succeeds again. Looks once a second
 * how much room there is left.
 */
export const watchStorage = (
  directory: string,
  tryCommit: () => Promise<unknown>,
  { leastFreeMiB }: StorageWatchOptions,
): StorageWatch => {
  let trouble: StorageTrouble | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const probe = async (): Promise<void> => {
    try {
      if (trouble?.code === 'DISK_FULL' && (await freeBytes(directory)) < LEAST_FREE_BYTES) return;
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

  let low: StorageTrouble | null = null;
  const look = async (): Promise<void> => {
    const free = await freeBytes(directory).catch(() => null);
    if (free === null) return;
    const least = leastFreeMiB * MEBIBYTE * (low === null ? 1 : RECOVERED);
    const left = `${Math.floor(free / MEBIBYTE)} MiB left`;
    low = free >= least ? null : { code: 'DISK_LOW', detail: `The disk of ${directory} is nearly full: ${left}` };
  };
  const looking = leastFreeMiB === 0 ? null : setInterval(() => void look(), LOOK_MS).unref();
  if (looking !== null) void look();

  return {
    trouble: () => trouble ?? low,
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
      if (looking !== null) clearInterval(looking);
      if (timer !== null) clearTimeout(timer);
    },
  };
};

const watches = new WeakMap<RootDatabase<unknown>, StorageWatch>();

/** From now on commits of this environment are watched. */
export const watchCommits = (root: RootDatabase<unknown>, watch: StorageWatch): void => void watches.set(root, watch);

/** A commit failed. */
export const commitFailed = (root: RootDatabase<unknown>, cause: unknown): void => watches.get(root)?.failed(cause);
