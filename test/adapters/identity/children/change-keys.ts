import { createApiKey, revokeApiKey } from '../../../../src/adapters/identity/api-keys.js';

/** Makes fifty keys, and revokes every other one at once. */
const [path = '', name = ''] = process.argv.slice(2);
for (let n = 0; n < 50; n += 1) {
  createApiKey(path, `${name}-${n}`, 'service', 0);
  if (n % 2 === 1) revokeApiKey(path, `${name}-${n}`);
}
