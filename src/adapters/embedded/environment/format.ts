import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { either as E } from 'fp-ts';
import { type DataDirectoryError, notWritable } from './errors.js';
import { FILE_MODE } from './private-modes.js';

/** Of everything kept in a data directory. It grows when an older Doorbuster could no longer read what is written. */
export const FORMAT_VERSION = 1;

const fileOf = (directory: string): string => join(directory, 'format');

/** Only reads. A directory without the file is new. */
export const checkFormat = (directory: string): E.Either<DataDirectoryError, void> => {
  try {
    if (!existsSync(fileOf(directory))) return E.right(undefined);
    const found = Number(readFileSync(fileOf(directory), 'utf8'));
    if (!Number.isInteger(found)) return E.left(notWritable(directory, 'Its format file is not a number'));
    return found > FORMAT_VERSION
      ? E.left({ code: 'DataDirectoryTooNew', directory, found, supported: FORMAT_VERSION })
      : E.right(undefined);
  } catch (error) {
    return E.left(notWritable(directory, error));
  }
};

/** Marks the directory as written by this version; throws as the file system does. */
export const writeFormat = (directory: string): void => {
  if (existsSync(fileOf(directory))) return;
  writeFileSync(`${fileOf(directory)}.tmp`, `${FORMAT_VERSION}\n`, { mode: FILE_MODE });
  renameSync(`${fileOf(directory)}.tmp`, fileOf(directory));
};
