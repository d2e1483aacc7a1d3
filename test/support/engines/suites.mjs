import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What starts a process, an engine or its stand-in, or a browser. */
const startServers = [
  'test/support/engines/describe-with.ts',
  'test/support/engines/describe-with-browser.ts',
  'test/support/engines/own-event-store.ts',
  'test/support/distributed/engine-set.ts',
  'test/support/eventstoredb-stand-in/stand-in.ts',
  'test/support/server/built-dist.ts',
  'test/support/typescript-child.ts',
];

/** What opens a whole shop in the process of the suite. */
const openShops = ['src/infrastructure/container/open-container.ts', 'test/support/world/deployment.ts'];

const importsOf = (file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import) '(\.[^']+)\.js'/g)]
    .map(([, path]) => `${resolve(dirname(file), path)}.ts`)
    .filter((path) => existsSync(path));

/** Whether a file is one of these, or imports one, directly or through what it imports. */
const uses = (files) => {
  const known = new Map(files.map((file) => [file, true]));
  const answer = (file) => {
    if (!known.has(file)) {
      known.set(file, false);
      known.set(file, importsOf(file).some(answer));
    }
    return known.get(file);
  };
  return answer;
};

/**
 * Every suite under `test` is of one kind. Those that start `servers` run one at a time, by `npm run test:engines`; those that
 * play whole `sales`, by `npm run test:sales`; all others are quick, need Node alone, and run by `npm test`.
 */
export const suitesOf = (root) => {
  const all = readdirSync(join(root, 'test'), { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(root, 'test', name));
  const absolute = (files) => files.map((file) => join(root, file));
  const servers = all.filter(uses(absolute(startServers)));
  const isSale = uses(absolute(openShops));
  const folders = absolute(['test/end-to-end/', 'test/faults/', 'test/simulation/']);
  const sales = all.filter(
    (file) => !servers.includes(file) && (folders.some((folder) => file.startsWith(folder)) || isSale(file)),
  );
  return { servers, sales };
};
