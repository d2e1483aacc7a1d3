import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { either as E } from 'fp-ts';
import { type DataDirectoryError, notWritable } from './errors.js';

/** Of directories and files: for their owner alone. */
export const DIRECTORY_MODE = 0o700;
export const FILE_MODE = 0o600;

/** Option of LMDB that sets the mode of the files it creates; missing in its types. */
export const PRIVATE_LMDB = { permissionsMode: FILE_MODE };

const FOR_OTHERS = 0o077;

const isExposed = (path: string): boolean =>
  ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & FOR_OTHERS) !== 0;

/**
 * Refuses a data directory that other users of this machine may read or write, or in which they may read or write a file: it
 * holds addresses and keys. A missing directory is created with the right modes. Windows has no such modes.
 */
export const checkPrivate = (directory: string): E.Either<DataDirectoryError, void> => {
  if (process.platform === 'win32') return E.right(undefined);
  try {
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) return E.right(undefined);
    const exposed = [directory, ...readdirSync(directory).map((name) => join(directory, name))].find(isExposed);
    return exposed === undefined ? E.right(undefined) : E.left({ code: 'DataDirectoryNotPrivate', directory, exposed });
  } catch (error) {
    return E.left(notWritable(directory, error));
  }
};
