export { holdsKeys, restoreKeys, writtenKeys } from './copy-keys.js';
export { type OpenDataKeys, openDataKeys } from './open-data-keys.js';
