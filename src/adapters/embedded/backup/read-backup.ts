import { either as E } from 'fp-ts';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Erased, erasedInFile } from '../data-keys/copy-keys.js';
import { FORMAT_VERSION } from '../environment/index.js';
import { type Sum, sumOf } from './copied-file.js';
import { environmentFile, keptFile, keysFile, type Manifest, readManifest, segmentFile } from './manifest.js';
import { type BackupFault, fault } from './fault.js';
import { rowsOf } from './segments.js';

/** The content of a file of a backup, if it is what the manifest says. */
const checked = (file: string, { sha256, bytes }: Sum): Buffer | null => {
  try {
    const content = readFileSync(file);
    return content.length === bytes && createHash('sha256').update(content).digest('hex') === sha256 ? content : null;
  } catch {
    return null;
  }
};

const isWhole = (file: string, { sha256, bytes }: Sum): boolean => {
  try {
    const found = sumOf(file);
    return found.bytes === bytes && found.sha256 === sha256;
  } catch {
    return false;
  }
};

const countOf = (rows: Iterable<unknown>): number => {
  let count = 0;
  for (const _ of rows) count += 1;
  return count;
};

const checkKeys = (backup: string, keys: Manifest['personalKeys']): E.Either<BackupFault, void> =>
  keys === null || isWhole(keysFile(backup), keys)
    ? E.right(undefined)
    : fault('BACKUP_DAMAGED', `${keysFile(backup)} is missing or damaged`);

/** Who was erased according to a backup; null where it has no keys of personal data. */
export const readErased = (backup: string): E.Either<BackupFault, Erased | null> => {
  const found = readManifest(backup);
  if (E.isLeft(found)) return found;
  const { personalKeys } = found.right;
  const keys = checkKeys(backup, personalKeys);
  if (E.isLeft(keys)) return keys;
  return E.right(personalKeys === null ? null : erasedInFile(keysFile(backup)));
};

/** Reads every byte of a backup against its manifest; writes nothing. The fault names the first file that is not as it was. */
export const readBackup = (backup: string): E.Either<BackupFault, Manifest> => {
  const found = readManifest(backup);
  if (E.isLeft(found)) return found;
  const { databases, files, personalKeys, environment, dataFormat, doorbuster } = found.right;
  if (dataFormat > FORMAT_VERSION)
    return fault('BACKUP_TOO_NEW', `${backup} holds data of a newer Doorbuster (${doorbuster}): restore it with that`);
  for (const { name, rows, segments } of databases) {
    for (const segment of segments) {
      const file = segmentFile(backup, segment.sha256);
      const content = checked(file, segment);
      if (content === null) return fault('BACKUP_DAMAGED', `${file}, of ${name}, is missing or damaged`);
      if (countOf(rowsOf(content)) !== segment.rows)
        return fault('BACKUP_DAMAGED', `${file} holds another number of rows`);
    }
    if (segments.reduce((sum, one) => sum + one.rows, 0) !== rows)
      return fault('BACKUP_DAMAGED', `The manifest of ${backup} does not add up: rows of ${name}`);
  }
  for (const file of files)
    if (!isWhole(keptFile(backup, file.name), file))
      return fault('BACKUP_DAMAGED', `${keptFile(backup, file.name)} is missing or damaged`);
  if (environment !== null && !isWhole(environmentFile(backup), environment))
    return fault('BACKUP_DAMAGED', `${environmentFile(backup)} is missing or damaged`);
  const keys = checkKeys(backup, personalKeys);
  return E.isLeft(keys) ? keys : found;
};
