import { either as E } from 'fp-ts';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Erased, erasedInDirectory, holdsKeys, restoreKeys } from '../data-keys/copy-keys.js';
import {
  closeWritten,
  commitDurably,
  type DataDirectoryError,
  openBeside,
  takeLock,
  writeFormat,
} from '../environment/index.js';
import { copyDurably } from './copied-file.js';
import { environmentFile, keptFile, keysFile, type Manifest, segmentFile } from './manifest.js';
import { type BackupFault, fault } from './fault.js';
import { readBackup, readErased } from './read-backup.js';
import { rowsOf } from './segments.js';

export interface RestoreBackup {
  readonly backup: string;
  /** Must not exist, or be empty. */
  readonly dataDirectory: string;
  /** Later backups, or data directories: users who were erased according to any of them stay erased. */
  readonly erased?: ReadonlyArray<string>;
  readonly onProgress?: (rows: number, of: number) => void;
}

const ENVIRONMENT = 'doorbuster.mdb';

/** LMDB's pages are never quite full, and its free list needs some. */
const ROOM_FACTOR = 1.5;

/** What a restore that was cut off leaves behind. */
const BUILDING = '.restoring';

/** Its own lock, and what a file system has at the root of a volume. */
const NO_DATA: ReadonlyArray<string> = [BUILDING, 'lock', 'lost+found'];

const isEmpty = (directory: string): boolean =>
  !existsSync(directory) || readdirSync(directory).every((name) => NO_DATA.includes(name));

const sizeOf = (all: ReadonlyArray<{ readonly bytes: number } | null>): number =>
  all.reduce((sum, one) => sum + (one?.bytes ?? 0), 0);

const hasRoom = ({ databases, files, personalKeys, environment }: Manifest, directory: string): boolean => {
  const rows = sizeOf([...databases.flatMap(({ segments }) => segments), personalKeys]);
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize > rows * ROOM_FACTOR + sizeOf([...files, environment]);
};

const fill = async (
  manifest: Manifest,
  { backup, onProgress }: RestoreBackup,
  erasures: ReadonlyArray<Erased>,
  directory: string,
): Promise<ReadonlyArray<string>> => {
  const total = manifest.databases.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  writeFormat(directory);
  for (const { name } of manifest.files) copyDurably(keptFile(backup, name), join(directory, name));
  if (manifest.environment !== null) copyDurably(environmentFile(backup), join(directory, ENVIRONMENT));
  const root = openBeside(directory);
  try {
    for (const { name, segments } of manifest.databases) {
      const rows = root.openDB<Buffer, Buffer>(name, { encoding: 'binary', keyEncoding: 'binary' });
      for (const { sha256, rows: count } of segments) {
        const content = readFileSync(segmentFile(backup, sha256));
        await commitDurably(root, () => {
          for (const { key, value } of rowsOf(content)) rows.putSync(key, value);
        }).committed;
        onProgress?.((done += count), total);
      }
    }
    await root.flushed;
  } finally {
    await closeWritten(root);
  }
  if (manifest.personalKeys === null) return [];
  return restoreKeys(directory, keysFile(backup), erasures);
};

export interface Restored {
  readonly manifest: Manifest;
  /** Users whose key was in the backup, and who were erased after it was taken. */
  readonly keptErased: ReadonlyArray<string>;
}

/** Who was erased according to later backups or data directories. */
const erasuresIn = async (places: ReadonlyArray<string>): Promise<E.Either<BackupFault, ReadonlyArray<Erased>>> => {
  const erasures: Erased[] = [];
  for (const place of places) {
    const erased = holdsKeys(place) ? E.right(await erasedInDirectory(place)) : readErased(place);
    if (E.isLeft(erased) && erased.left.code !== 'NOT_A_BACKUP') return erased;
    if (E.isLeft(erased) || erased.right === null)
      return fault('NO_ERASURES', `${place} is no finished backup and no data directory that tells who was erased`);
    erasures.push(erased.right);
  }
  return E.right(erasures);
};

/** The environment comes last: without it a directory holds no data. */
const moveIn = (building: string, target: string): void => {
  const names = readdirSync(building).sort((one, other) => Number(one === ENVIRONMENT) - Number(other === ENVIRONMENT));
  for (const name of names) {
    chmodSync(join(building, name), 0o600);
    renameSync(join(building, name), join(target, name));
  }
};

const notEmpty = (target: string): E.Either<BackupFault, never> =>
  fault('TARGET_NOT_EMPTY', `${target} is not empty: move it away first, or name another DATA_DIR`);

const notUsable = (error: DataDirectoryError): E.Either<BackupFault, never> => {
  const { code, directory } = error;
  if (code === 'DataDirectoryInUse')
    return fault('TARGET_NOT_USABLE', `Another process uses ${directory}: stop it first`);
  const why = 'reason' in error ? error.reason : 'its file system has no locks';
  return fault('TARGET_NOT_USABLE', `${directory} cannot be used: ${why}`);
};

const restoreInto = async (
  target: string,
  manifest: Manifest,
  asked: RestoreBackup,
  erasures: ReadonlyArray<Erased>,
): Promise<E.Either<BackupFault, Restored>> => {
  // Somebody may have had it until now.
  if (!isEmpty(target)) return notEmpty(target);
  if (!hasRoom(manifest, target)) return fault('NO_ROOM', `There is not enough room for this backup in ${target}`);
  const building = join(target, BUILDING);
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { mode: 0o700 });
  try {
    const keptErased = await fill(manifest, asked, erasures, building);
    moveIn(building, target);
    return E.right({ manifest, keptErased });
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
};

/**
 * Makes a data directory of a backup. Reads the whole backup first, and refuses what does not add up before anything is
 * written; the data appear in one step, complete and on disk, or not at all. The directory may be a volume's root.
 */
export const restoreBackup = async (asked: RestoreBackup): Promise<E.Either<BackupFault, Restored>> => {
  const target = resolve(asked.dataDirectory);
  const found = readBackup(asked.backup);
  if (E.isLeft(found)) return found;
  const erasures = await erasuresIn(asked.erased ?? []);
  if (E.isLeft(erasures)) return erasures;
  if (!isEmpty(target)) return notEmpty(target);
  // A server that starts meanwhile would sell from what is about to be replaced.
  const lock = await takeLock(target);
  if (E.isLeft(lock)) return notUsable(lock.left);
  try {
    return await restoreInto(target, found.right, asked, erasures.right);
  } finally {
    lock.right.release();
  }
};
