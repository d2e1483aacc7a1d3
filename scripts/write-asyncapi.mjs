// node scripts/write-asyncapi.mjs: writes docs/asyncapi.json, the description of every topic, from the code.
import { writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { format } from 'prettier';

register('../test/support/run-typescript.mjs', import.meta.url);
const { asyncApi } = await import('../src/application/notices/relay/asyncapi.ts');
writeFileSync('docs/asyncapi.json', await format(JSON.stringify(asyncApi(3)), { parser: 'json', printWidth: 120 }));
