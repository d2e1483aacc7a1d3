import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { transformSync } from '@swc/core';
import { onceInRun } from '../engines/test-run.js';

const root = resolve('.');
const home = join(root, '.cache', 'test-dist');
const dist = join(home, 'dist');

/** Types are checked elsewhere; here they are only removed, which takes a tenth of the compiler's time. */
const compile = (file: string): void => {
  const to = join(dist, file.replace(/\.ts$/, '.js'));
  const { code } = transformSync(readFileSync(join(root, 'src', file), 'utf8'), {
    filename: join(root, 'src', file),
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  });
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, code);
};

const build = (): void => {
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.ts') && !file.endsWith('.d.ts')) compile(file);
  cpSync(join(root, 'package.json'), join(home, 'package.json'));
  cpSync('web', join(home, 'web'), { recursive: true });
};

/**
 * The sources as they are now, as JavaScript beside the `dist` of `npm start`: made once for a run of the tests, by the
 * suite that asks first.
 */
export const builtDist = async (): Promise<{ readonly main: string; readonly cli: string }> => {
  await onceInRun('built', async () => {
    build();
    return {};
  });
  return { main: join(dist, 'infrastructure', 'main.js'), cli: join(dist, 'infrastructure', 'cli.js') };
};
