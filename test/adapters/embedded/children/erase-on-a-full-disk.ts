import { openDataKeys } from '../../../../src/adapters/embedded/data-keys/open-data-keys.js';

/** Tries to destroy a user's key, and says what was answered. */
const [, , directory = '', userId = ''] = process.argv;
const { keys, close } = openDataKeys(directory);
console.log(JSON.stringify(await keys.destroy(userId)()));
await close();
