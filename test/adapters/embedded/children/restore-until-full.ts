import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { restoreBackup } from '../../../../src/adapters/embedded/backup/restore-backup.js';

/** Restores onto a disk that has less room than it said, then tells why that failed and what it left behind. */
const [, , backup = '', dataDirectory = ''] = process.argv;
const reason = await restoreBackup({ backup, dataDirectory }).then(
  () => 'none',
  (error: unknown) => String(error),
);
console.log(JSON.stringify({ reason, isLeft: existsSync(join(dataDirectory, '.restoring')) }));
