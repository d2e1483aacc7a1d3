import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { either as E } from 'fp-ts';
import { type Database, type RootDatabase } from 'lmdb';
import { holdsKeys, writtenKeys } from '../data-keys/copy-keys.js';
import { FORMAT_VERSION, holdsData, makeDirectory } from '../environment/index.js';
import { type CopiedRows, copyRows, type CopyRows } from './copy-rows.js';
import { copyCompacted } from './environment-copy.js';
import { type BackupFault, fault } from './fault.js';
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
import { type Moment, openForReading } from './open-for-reading.js';
import { writeDurably } from './write-durably.js';

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

const sha256 = (content: Uint8Array): string => hash('sha256', content, 'hex');

const openIfThere = (root: RootDatabase<unknown>): Database<Buffer, number> | undefined =>
  root.openDB<Buffer, number>('event-records', { encoding: 'binary' });

const openTables = (root: RootDatabase<unknown>) => ({
  /** None where the events are on a server. */
  records: openIfThere(root),
  /** Every database, as bytes. */
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
  if (existsSync(target) && readdirSync(target).length > 0)
    return fault('TARGET_NOT_EMPTY', `${target} is not empty: name a directory of its own for each backup`);
  if (since !== null) {
    const earlier = readManifest(since);
    if (E.isLeft(earlier)) return earlier;
  }
  makeDirectory(dirname(segmentFile(target, '-')));
  makeDirectory(dirname(keptFile(target, '-')));
  try {
    return E.right(await (compact ? copyAsFile(asked) : copyByRows(asked)));
  } catch (error) {
    // Half a backup would stand in the way of the next attempt.
    rmSync(target, { recursive: true, force: true });
    throw error;
  }
};

/** To be read after what else is copied: every event there has its key, unless that was destroyed. */
const keysOf = async (dataDirectory: string): Promise<Buffer | null> =>
  holdsKeys(dataDirectory) ? await writtenKeys(dataDirectory) : null;

const copyByRows = async (asked: TakeBackup): Promise<Backup> => {
  const moment = openForReading(asked.dataDirectory, openTables);
  try {
    const personalKeys = await keysOf(asked.dataDirectory);
    return finish(asked, { ...(await copyRows(asked, moment)), head: headOf(moment), personalKeys, environment: null });
  } finally {
    await moment.close();
  }
};

const copyAsFile = async (asked: TakeBackup): Promise<Backup> => {
  const copied = dirname(environmentFile(asked.target));
  mkdirSync(copied, { mode: 0o700 });
  const environment = await copyCompacted(asked.dataDirectory, environmentFile(asked.target));
  const personalKeys = await keysOf(asked.dataDirectory);
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

type Copied = CopiedRows & Pick<Manifest, 'head' | 'environment'> & { readonly personalKeys: Buffer | null };

/** What else there is, and the manifest last. */
const finish = (
  { dataDirectory, target, version, now }: TakeBackup,
  { databases, head, environment, personalKeys, shared, ...copied }: Copied,
): Backup => {
  let { written } = copied;
  const files = readdirSync(dataDirectory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !NOT_COPIED.test(entry.name))
    .map(({ name }) => {
      const content = readFileSync(join(dataDirectory, name));
      writeDurably(keptFile(target, name), content);
      written += content.length;
      return { name, sha256: sha256(content), bytes: content.length };
    });
  if (personalKeys !== null) {
    writeDurably(keysFile(target), personalKeys);
    written += personalKeys.length;
  }
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
    personalKeys: personalKeys && { sha256: sha256(personalKeys), bytes: personalKeys.length },
  };
  writeManifest(target, manifest);
  return { manifest, written, shared };
};
