export { type Commit, commitDurably } from './commit-durably.js';
export { type DataDirectoryError } from './errors.js';
export { FORMAT_VERSION, writeFormat } from './format.js';
export { type LockHolder, readHolder } from './holder.js';
export { findHolder } from './lock.js';
export { type DataDirectory, openDataDirectory } from './open-data-directory.js';
export { holdsData, openReadOnly } from './open-read-only.js';
export { FILE_MODE, PRIVATE_LMDB } from './private-modes.js';
export { type StorageTrouble } from './storage-watch.js';
