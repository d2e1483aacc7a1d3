import { type DataDirectoryError } from '../../adapters/embedded/environment/index.js';

/** Why a data directory could not be opened, and what to do about it. */
export const dataDirectoryFault = (error: DataDirectoryError): string => {
  switch (error.code) {
    case 'DataDirectoryInUse':
      return (
        `The data directory ${error.directory} is in use by process ${error.pid}` +
        `${error.url === null ? '' : `, which listens at ${error.url}`}. Stop it, or name another directory with DATA_DIR.`
      );
    case 'DataDirectoryNotWritable':
      return `The data directory ${error.directory} cannot be written to: ${error.reason}. Name another one with DATA_DIR.`;
    case 'DataDirectoryTooNew':
      return (
        `The data directory ${error.directory} was written by a newer Doorbuster (format ${error.found}, ` +
        `this one knows ${error.supported}). Nothing was touched; use the newer version, or another directory.`
      );
  }
};
