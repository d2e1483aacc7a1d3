// npm run api-types: writes the types of the client from the OpenAPI document; a test compares them.
import { writeFileSync } from 'node:fs';
import { register } from 'node:module';

register('../test/support/run-typescript.mjs', import.meta.url);
const { apiTypes, API_TYPES } = await import('../test/support/contract/api-types.ts');
writeFileSync(API_TYPES, await apiTypes());
