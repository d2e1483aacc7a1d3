import { either as E } from 'fp-ts';
import { type Database, type RootDatabase } from 'lmdb';
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { holdsKeys, writeKeys } from '../data-keys/copy-keys.js';
import { FORMAT_VERSION, holdsData, makeDirectory } from '../environment/index.js';
import { copyCompacted, copyDurably, type Sum } from './copied-file.js';
import { type CopiedRows, copyRows, type CopyRows } from './copy-rows.js';
import {
  BACKUP_FORMAT,
  environmentFile,
  keptFile,
  keysFile,
  type Manifest,
  readManifest,
  ROWS_FORMAT,
  segmentFile,
  writeManifest,
} from './manifest.js';
import { type BackupFault, fault } from './fault.js';
import { type Moment, openForReading } from './open-for-reading.js';

export interface TakeBackup extends CopyRows {
  /** The environment in one file without its empty pages, by LMDB's own copy: quicker to restore, and shared with no other backup. */
  readonly compact?: boolean;
  /** Of this Doorbuster. */
  readonly version: string;
  /** ISO-8601. */
  readonly now: string;
}

export interface Backup extends Pick<CopiedRows, 'written' | 'shared'> {
  readonly manifest: Manifest;
}

/** Its rows mean nothing: the disk is tried with them. */
const WITHOUT: ReadonlyArray<string> = ['probe'];
/** The environment is copied by its rows; the locks belong to the process that runs. */
const NOT_COPIED = /^(doorbuster\.mdb.*|personal-keys\..*|lock|.*\.tmp|format)$/;

const openIfThere = (root: RootDatabase<unknown>): Database<Buffer, number> | undefined =>
  root.openDB<Buffer, number>('event-records', { encoding: 'binary' });

const openTables = (root: RootDatabase<unknown>) => ({
  /** None where the events are on a server. */
  records: openIfThere(root),
  databases: [...root.getKeys()]
    .filter((name): name is string => typeof name === 'string' && !WITHOUT.includes(name))
    .map((name) => ({ name, rows: root.openDB<Buffer, Buffer>(name, { encoding: 'binary', keyEncoding: 'binary' }) })),
});

type Tables = ReturnType<typeof openTables>;

/**
 * Everything in a data directory as it is at one moment, while a server goes on writing to it. Hot: no lock is taken, and no
 * request waits. The backup is whole on its own, and finished once its manifest stands in it.
 */
export const takeBackup = async (asked: TakeBackup): Promise<E.Either<BackupFault, Backup>> => {
  const { dataDirectory, target, since, compact = false } = asked;
  if (!holdsData(dataDirectory)) return fault('NO_DATA', `There is no data in ${dataDirectory}`);
  if (existsSync(target) && readdirSync(target).length > 0) {
    const what = E.isLeft(readManifest(target)) ? 'holds no finished backup, and is not empty' : 'is not empty';
    return fault('TARGET_NOT_EMPTY', `${target} ${what}: name a directory of its own for each backup`);
  }
  if (since !== null) {
    const earlier = readManifest(since);
    if (E.isLeft(earlier)) return earlier;
  }
  makeDirectory(dirname(segmentFile(target, '-')));
  makeDirectory(dirname(keptFile(target, '-')));
  try {
    return E.right(await (compact ? copyAsFile(asked) : copyByRows(asked)));
  } catch (error) {
    // Half a backup would stand in the way of the next attempt. A volume can be emptied, and not removed.
    // What cannot be removed must not hide the cause.
    E.tryCatch(() => {
      for (const name of readdirSync(target)) rmSync(join(target, name), { recursive: true });
      rmdirSync(target);
    }, String);
    throw error;
  }
};

/** To be copied after the moment of the rest: every event there has its key, unless that was destroyed. */
const copyKeys = async ({ dataDirectory, target }: TakeBackup): Promise<Sum | null> =>
  holdsKeys(dataDirectory) ? await writeKeys(dataDirectory, keysFile(target)) : null;

const copyByRows = async (asked: TakeBackup): Promise<Backup> => {
  const moment = openForReading(asked.dataDirectory, openTables);
  try {
    const personalKeys = await copyKeys(asked);
    return finish(asked, { ...(await copyRows(asked, moment)), head: headOf(moment), personalKeys, environment: null });
  } finally {
    await moment.close();
  }
};

const copyAsFile = async (asked: TakeBackup): Promise<Backup> => {
  const copied = dirname(environmentFile(asked.target));
  mkdirSync(copied, { mode: 0o700 });
  const environment = await copyCompacted(asked.dataDirectory, environmentFile(asked.target));
  const personalKeys = await copyKeys(asked);
  const head = await headOfCopy(copied);
  rmSync(`${environmentFile(asked.target)}-lock`, { force: true });
  return finish(asked, { databases: [], written: environment.bytes, shared: 0, head, personalKeys, environment });
};

const headOfCopy = async (copied: string): Promise<number> => {
  const moment = openForReading(copied, openTables);
  try {
    return headOf(moment);
  } finally {
    await moment.close();
  }
};

/** Position of the last event; -1 when there is none here. */
const headOf = ({ tables, transaction }: Moment<Tables>): number => {
  const [head = -1] = tables.records?.getKeys({ reverse: true, limit: 1, transaction }) ?? [];
  return head;
};

type Copied = CopiedRows & Pick<Manifest, 'head' | 'environment' | 'personalKeys'>;

/** What else there is, and the manifest last. */
const finish = (
  { dataDirectory, target, version, now }: TakeBackup,
  { databases, head, environment, personalKeys, shared, ...copied }: Copied,
): Backup => {
  const files = readdirSync(dataDirectory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !NOT_COPIED.test(entry.name))
    .map(({ name }) => ({ name, ...copyDurably(join(dataDirectory, name), keptFile(target, name)) }));
  const manifest: Manifest = {
    // An older Doorbuster can restore rows, and no file.
    backupFormat: environment === null ? ROWS_FORMAT : BACKUP_FORMAT,
    dataFormat: FORMAT_VERSION,
    doorbuster: version,
    takenAt: now,
    head,
    databases,
    files,
    environment,
    personalKeys,
  };
  writeManifest(target, manifest);
  const written = files.reduce((sum, { bytes }) => sum + bytes, copied.written + (personalKeys?.bytes ?? 0));
  return { manifest, written, shared };
};
