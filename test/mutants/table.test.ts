import { readFileSync } from 'node:fs';
import { mutants } from './mutants.js';

test('the table of planted faults lists every fault there is, each with who noticed it', () => {
  const rows = readFileSync('docs/mutants.md', 'utf8').matchAll(/^\| (.+?) \| `src\/.+?` \| .+? \| .+? \|$/gm);
  expect([...rows].map(([, fault]) => fault)).toEqual(mutants.map(({ fault }) => fault));
});
