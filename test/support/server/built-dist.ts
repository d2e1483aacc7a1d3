import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from '../../../scripts/build.mjs';
import { onceInRun } from '../engines/test-run.js';

const root = resolve('.');
const home = join(root, '.cache', 'test-dist');
const dist = join(home, 'dist');

/**
 * The sources as they are now, as JavaScript beside the `dist` of `npm start`: made once for a run of the tests, by the
 * suite that asks first.
 */
export const builtDist = async (): Promise<{ readonly main: string; readonly cli: string }> => {
  await onceInRun('built', async () => {
    build(dist);
    for (const beside of ['package.json', 'web', 'packages/client/dist'])
      cpSync(join(root, beside), join(home, beside), { recursive: true });
    return {};
  });
  return { main: join(dist, 'infrastructure', 'main.js'), cli: join(dist, 'infrastructure', 'cli.js') };
};
