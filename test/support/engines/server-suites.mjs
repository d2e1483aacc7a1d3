import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What starts a process: the built server, a part of it, a real engine or its stand-in, a browser. */
const starters = [
  'support/engines/describe-with.ts',
  'support/engines/describe-with-browser.ts',
  'support/engines/own-event-store.ts',
  'support/distributed/engine-set.ts',
  'support/server/built-dist.ts',
  'support/typescript-child.ts',
];

const importsOf = (file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import) '(\.[^']+)\.js'/g)]
    .map(([, path]) => `${resolve(dirname(file), path)}.ts`)
    .filter((path) => existsSync(path));

/**
 * The suites of `root` that start processes, directly or through what they import. They run one at a time, by
 * `npm run test:engines`; all others need Node alone.
 */
export const serverSuites = (root) => {
  const startsServers = new Map(starters.map((file) => [join(root, file), true]));
  const starts = (file) => {
    if (!startsServers.has(file)) {
      startsServers.set(file, false);
      startsServers.set(file, importsOf(file).some(starts));
    }
    return startsServers.get(file);
  };
  return readdirSync(root, { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(root, name))
    .filter(starts);
};
