import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { openDataKeys } from '../../../../src/adapters/embedded/data-keys/open-data-keys.js';

/** Destroys a user's key, and kills itself at the moment the slot of the key was overwritten. */
const [, , directory = '', userId = ''] = process.argv;
const { keys } = openDataKeys(directory);
const { fdatasyncSync } = fs;
fs.fdatasyncSync = (fd) => {
  fdatasyncSync(fd);
  process.kill(process.pid, 'SIGKILL');
};
syncBuiltinESMExports();
await keys.destroy(userId)();
