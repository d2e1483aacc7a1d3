import { join, resolve } from 'node:path';
import { either as E, type taskEither as TE } from 'fp-ts';
import { open, type RootDatabase } from 'lmdb';
import { commitDurably } from './commit-durably.js';
import { departureOf, openDepartures } from './departure.js';
import { type DataDirectoryError, notWritable } from './errors.js';
import { checkFormat, writeFormat } from './format.js';
import { type Lock, takeLock } from './lock.js';
import { checkPrivate, PRIVATE_LMDB } from './private-modes.js';
import { type StorageTrouble, type StorageWatchOptions, watchCommits, watchStorage } from './storage-watch.js';
import { closeEnvironment, closeWritten } from './close-environment.js';
import { existsSync } from 'node:fs';

/** An open data directory: this process alone has it until it is closed. */
export interface DataDirectory {
  readonly directory: string;
  /** The one LMDB environment. Every part opens its own databases in it, at most 64 in all. */
  readonly root: RootDatabase<unknown>;
  /** Tells other processes, through the lock, where this one listens. */
  readonly announce: (url: string) => void;
  /** Why nothing can be written at the moment; null while everything can. */
  readonly trouble: () => StorageTrouble | null;
  /** Waits for what is being written, then lets others in. */
  readonly close: () => Promise<void>;
}

/** Address space, not disk: the file grows with what is in it. */
const MAP_SIZE = 256 * 2 ** 30;

/** More than one page, as real commits write. */
const PROBE = 'x'.repeat(65_536);

const environmentFile = (directory: string): string => join(directory, 'doorbuster.mdb');

export const holdsData = (directory: string): boolean => existsSync(environmentFile(directory));

/** Throws where this version does not know what is in it. */
const knownFile = (directory: string): string => {
  if (E.isLeft(checkFormat(directory))) throw new Error(`${directory} was written by a newer Doorbuster: use that`);
  return environmentFile(directory);
};

/** The environment beside the process that has the directory: LMDB lets several write, one after the other. */
export const openBeside = (directory: string): RootDatabase<unknown> =>
  open<unknown>({
    path: knownFile(directory),
    noSubdir: true,
    maxDbs: 64,
    mapSize: MAP_SIZE,
    // With it lmdb keeps a promise nobody can listen to, and a full disk ends the process by its rejection. Transactions
    // of one turn share a commit without it as well.
    eventTurnBatching: false,
    ...PRIVATE_LMDB,
  });

const openEnvironment = (directory: string): RootDatabase<unknown> => {
  writeFormat(directory);
  return openBeside(directory);
};

const opened = async (
  directory: string,
  lock: Lock,
  options: StorageWatchOptions,
): Promise<E.Either<DataDirectoryError, DataDirectory>> => {
  try {
    const root = openEnvironment(directory);
    const departure = departureOf(openDepartures(root));
    if (departure?.phase === 'MOVED') {
      await closeEnvironment(root);
      lock.release();
      return E.left({ code: 'DataDirectoryMoved', directory, to: departure.to, at: departure.at });
    }
    const probes = root.openDB<string, string>('probe', { encoding: 'string' });
    const tryCommit = () => commitDurably(root, () => probes.putSync('probe', PROBE)).flushed;
    const watch = watchStorage(directory, tryCommit, options);
    watchCommits(root, watch);
    let closing: Promise<void> | undefined;
    const close = async () => {
      watch.close();
      await closeWritten(root);
      lock.release();
    };
    return E.right({
      directory,
      root,
      announce: lock.announce,
      trouble: watch.trouble,
      close: () => (closing ??= close()),
    });
  } catch (error) {
    lock.release();
    return E.left(notWritable(directory, error));
  }
};

/**
 * Creates the directory when it is missing, for its owner alone; refuses one that others may read; locks it against other processes and opens its environment. The lock ends with
 * the process that has it. On an error nothing in the directory was touched.
 */
export const openDataDirectory =
  (
    directory: string,
    { leastFreeMiB = 0 }: Partial<StorageWatchOptions> = {},
  ): TE.TaskEither<DataDirectoryError, DataDirectory> =>
  async () => {
    const path = resolve(directory);
    const known = E.chainW(() => checkPrivate(path))(checkFormat(path));
    if (E.isLeft(known)) return known;
    const lock = await takeLock(path);
    return E.isLeft(lock) ? lock : opened(path, lock.right, { leastFreeMiB });
  };

/** Takes no lock and writes nothing: LMDB lets other processes read beside the one that writes. */
export const openReadOnly = (directory: string): RootDatabase<unknown> =>
  open<unknown>({ path: knownFile(directory), noSubdir: true, maxDbs: 64, readOnly: true, ...PRIVATE_LMDB });
