export { holdsKeys, restoreKeys, writtenKeys } from './copy-keys.js';
export { openDataKeys } from './open-data-keys.js';
