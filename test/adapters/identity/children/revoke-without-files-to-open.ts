import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { mock } from 'node:test';
import { apiKeyFile, createApiKey, hashOf, revokeApiKey } from '../../../../src/adapters/identity/api-keys.js';

const [path = ''] = process.argv.slice(2);
const { readFileSync } = fs;
let isFull = false;
mock.method(fs, 'readFileSync', (file: string, options?: BufferEncoding) => {
  if (isFull && file === path) throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
  return readFileSync(file, options);
});
syncBuiltinESMExports();

const told: string[] = [];
let elapsed = 0;
const keyOf = apiKeyFile({
  path,
  elapsed: () => (elapsed += 1_000),
  onUnreadable: (error) => void told.push(String(error)),
});
const shop = hashOf(createApiKey(path, 'shop', 'service', 0) ?? '');
const inForce = [keyOf(shop)?.name];
revokeApiKey(path, 'shop');
isFull = true;
inForce.push(keyOf(shop)?.name, keyOf(shop)?.name);
isFull = false;
inForce.push(keyOf(shop)?.name);
console.log(JSON.stringify({ inForce: inForce.map((name) => name ?? null), told }));
