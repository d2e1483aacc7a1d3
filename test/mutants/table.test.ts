import { readFileSync } from 'node:fs';
import { mutants } from './mutants.js';

test('the table of planted faults lists every fault there is, each with who noticed it', () => {
  const rows = readFileSync('docs/mutants.md', 'utf8').matchAll(/^\| (.+?) \| `src\/.+?` \| .+? \| .+? \|$/gm);
  expect([...rows].map(([, fault]) => fault)).toEqual(mutants.map(({ fault }) => fault));
});

test.each(mutants.map(({ fault, file, find }) => [fault, file, find]))(
  'the place of a planted fault is still there, once: %s',
  (_, file, find) => {
    expect(readFileSync(`src/${file}`, 'utf8').split(find)).toHaveLength(2);
  },
);
