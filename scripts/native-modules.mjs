// node scripts/native-modules.mjs DIRECTORY: copies the packages that are not bundled, because they find machine code beside
// their own files, with all that they need themselves, from node_modules to DIRECTORY.
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NATIVE } from './build.mjs';

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('Name the directory to copy them to');
const modules = join(import.meta.dirname, '..', 'node_modules');

const copied = new Set();
const copy = (name) => {
  const from = join(modules, name);
  // Optional ones are for other machines.
  if (copied.has(name) || !existsSync(from)) return;
  copied.add(name);
  cpSync(from, join(target, name), { recursive: true, dereference: true });
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
  Object.keys({ ...dependencies, ...optionalDependencies }).forEach(copy);
};
NATIVE.forEach(copy);
if (copied.size < NATIVE.length)
  throw new Error(`Not installed: ${NATIVE.filter((name) => !copied.has(name)).join(', ')}`);
