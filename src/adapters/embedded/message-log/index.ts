export { openMessageLog } from './open-message-log.js';
export { type EmbeddedMessageLogOptions } from './options.js';
export { storedLog } from './stored-log.js';
export { beginAt, type PartitionStart } from './begin-at.js';
