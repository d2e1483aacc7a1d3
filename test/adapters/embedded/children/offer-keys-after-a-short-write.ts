import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { mock } from 'node:test';
import { either as E } from 'fp-ts';
import { openDataKeys } from '../../../../src/adapters/embedded/data-keys/open-data-keys.js';

const [directory = ''] = process.argv.slice(2);
const { writeSync } = fs;
let writes = 0;
const halfAtFirst = (fd: number, content: Uint8Array, offset: number, length: number, position: number): number =>
  writeSync(fd, content, offset, writes++ === 0 ? length / 2 : length, position);
mock.method(fs, 'writeSync', halfAtFirst);
syncBuiltinESMExports();

const { keys, close } = openDataKeys(directory);
const offered = await Promise.all(
  Array.from({ length: 600 }, (_, n) => keys.offer(`user-${n}`, Buffer.alloc(61, n))()),
);
await close();
console.log(offered.filter(E.isRight).length);
