// npm run matrix: writes into docs/security.md who may make which call, from the route table.
import { readFileSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { format } from 'prettier';

register('../test/support/run-typescript.mjs', import.meta.url);
const { allRoutes } = await import('../test/support/contract/all-routes.ts');
const { accessMatrix, withMatrix } = await import('../test/support/access/matrix.ts');

const PAGE = 'docs/security.md';
const page = withMatrix(readFileSync(PAGE, 'utf8'), accessMatrix(allRoutes()));
writeFileSync(PAGE, await format(page, { parser: 'markdown', printWidth: 120 }));
