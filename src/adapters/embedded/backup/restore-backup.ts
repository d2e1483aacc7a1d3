import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { either as E } from 'fp-ts';
import { open } from 'lmdb';
import { PRIVATE_LMDB, writeFormat } from '../environment/index.js';
import { type BackupFault, fault } from './fault.js';
import { keptFile, type Manifest, segmentFile } from './manifest.js';
import { readBackup } from './read-backup.js';
import { rowsOf } from './segments.js';
import { writeDurably } from './write-durably.js';

export interface RestoreBackup {
  readonly backup: string;
  /** Must not exist, or be empty. */
  readonly dataDirectory: string;
  readonly onProgress?: (rows: number, of: number) => void;
}

const ENVIRONMENT = 'doorbuster.mdb';

/** LMDB's pages are never quite full, and its free list needs some. */
const ROOM_FACTOR = 1.5;

/** What a restore that was cut off leaves behind. */
const BUILDING = '.restoring';

const isEmpty = (directory: string): boolean =>
  !existsSync(directory) || readdirSync(directory).every((name) => name === BUILDING);

const hasRoom = ({ databases }: Manifest, directory: string): boolean => {
  const bytes = databases.flatMap(({ segments }) => segments).reduce((sum, segment) => sum + segment.bytes, 0);
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize > bytes * ROOM_FACTOR;
};

const fill = async (manifest: Manifest, { backup, onProgress }: RestoreBackup, directory: string): Promise<void> => {
  const total = manifest.databases.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  writeFormat(directory);
  for (const { name } of manifest.files) writeDurably(join(directory, name), readFileSync(keptFile(backup, name)));
  const root = open<unknown>({ path: join(directory, ENVIRONMENT), noSubdir: true, maxDbs: 64, ...PRIVATE_LMDB });
  try {
    for (const { name, segments } of manifest.databases) {
      const rows = root.openDB<Buffer, Buffer>(name, { encoding: 'binary', keyEncoding: 'binary' });
      for (const { sha256, rows: count } of segments) {
        const content = readFileSync(segmentFile(backup, sha256));
        await root.transaction(() => {
          for (const { key, value } of rowsOf(content)) rows.putSync(key, value);
        });
        onProgress?.((done += count), total);
      }
    }
    await root.flushed;
  } finally {
    await root.close();
  }
};

/** The environment comes last: without it a directory holds no data. */
const moveIn = (building: string, target: string): void => {
  const names = readdirSync(building).sort((one, other) => Number(one === ENVIRONMENT) - Number(other === ENVIRONMENT));
  for (const name of names) {
    chmodSync(join(building, name), 0o600);
    renameSync(join(building, name), join(target, name));
  }
};

/**
 * Makes a data directory of a backup. Reads the whole backup first, and refuses what does not add up before anything is
 * written; the data appear in one step, complete and on disk, or not at all. The directory may be a volume's root.
 */
export const restoreBackup = async (asked: RestoreBackup): Promise<E.Either<BackupFault, Manifest>> => {
  const target = resolve(asked.dataDirectory);
  const found = readBackup(asked.backup);
  if (E.isLeft(found)) return found;
  if (!isEmpty(target))
    return fault('TARGET_NOT_EMPTY', `${target} is not empty: move it away first, or name another DATA_DIR`);
  mkdirSync(target, { recursive: true, mode: 0o700 });
  if (!hasRoom(found.right, target)) return fault('NO_ROOM', `There is not enough room for this backup in ${target}`);
  const building = join(target, BUILDING);
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { mode: 0o700 });
  try {
    await fill(found.right, asked, building);
    moveIn(building, target);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return found;
};
