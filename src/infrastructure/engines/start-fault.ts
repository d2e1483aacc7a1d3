import { type DataDirectoryError, type LockHolder } from '../../adapters/embedded/environment/index.js';

/** Who has a data directory, in words. */
export const holderInWords = (holder: LockHolder | null): string => {
  if (holder === null) return 'another process that is starting';
  const { pid, host, since, url } = holder;
  return `process ${pid} on ${host} since ${since}${url === null ? '' : `, which listens at ${url}`}`;
};

/** Why a data directory could not be opened, and what to do about it. */
export const dataDirectoryFault = (error: DataDirectoryError): string => {
  switch (error.code) {
    case 'DataDirectoryInUse':
      return (
        `The data directory ${error.directory} is in use by ${holderInWords(error.holder)}. ` +
        'Stop it, or name another directory with DATA_DIR.'
      );
    case 'DataDirectoryNotWritable':
      return `The data directory ${error.directory} cannot be written to: ${error.reason}. Name another one with DATA_DIR.`;
    case 'DataDirectoryNotPrivate':
      return (
        `Other users of this machine can read or write ${error.exposed}. What is in a data directory is for its owner ` +
        `alone: chmod -R go= ${error.directory}`
      );
    case 'DataDirectoryNotLockable':
      return (
        `The file system of the data directory ${error.directory} has no locks, so nothing would keep a second process ` +
        'from writing to it. Name a directory on another file system with DATA_DIR.'
      );
    case 'DataDirectoryMoved':
      return (
        `The shop in ${error.directory} was moved to ${error.to} at ${error.at}: start it there. ` +
        'To give up that move and sell from here again, run doorbuster move --undo; never run both.'
      );
    case 'DataDirectoryTooNew':
      return (
        `The data directory ${error.directory} was written by a newer Doorbuster (format ${error.found}, ` +
        `this one knows ${error.supported}). Nothing was touched; use the newer version, or another directory.`
      );
  }
};
