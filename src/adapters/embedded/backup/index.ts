export { checkData } from './check-data.js';
export { type DataCheck } from './data-check.js';
export { type BackupFault } from './fault.js';
export { restoreBackup } from './restore-backup.js';
export { takeBackup } from './take-backup.js';
