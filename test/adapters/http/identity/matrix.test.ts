import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { accessMatrix, withMatrix } from '../../../support/access/matrix.js';
import { allRoutes } from '../../../support/contract/all-routes.js';

test('docs/security.md says of every call who may make it, as `npm run matrix` writes it', async () => {
  const page = readFileSync('docs/security.md', 'utf8');
  const written = await format(withMatrix(page, accessMatrix(allRoutes())), { parser: 'markdown', printWidth: 120 });
  expect(page).toBe(written);
});
