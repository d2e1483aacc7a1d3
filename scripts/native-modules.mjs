// node scripts/native-modules.mjs DIRECTORY: copies the packages that are not bundled, because they find machine code beside
// their own files, with all that they need themselves, from node_modules to DIRECTORY: what this Node on this machine runs of
// them, with their licences, and nothing else.
import { cpSync, existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { NATIVE } from './build.mjs';

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('Name the directory to copy them to');
const modules = join(import.meta.dirname, '..', 'node_modules');

const ourAbi = `abi${process.versions.modules}`;
const otherLibc = process.report.getReport().header.glibcVersionRuntime === undefined ? 'glibc' : 'musl';
const prebuilt = join('prebuilds', `${process.platform}-${process.arch}`);

/** Machine code is named by what it was built for; code of the form `napi` is for every Node. */
const isOurs = (file) => {
  const named = basename(file).split('.');
  const abi = named.find((part) => part.startsWith('abi'));
  return (abi === undefined || abi === ourAbi) && !named.includes(otherLibc);
};

/** Of a package: what is loaded, and what must stand beside it wherever it is handed on. */
const isNeeded = (from) => (path) => {
  const inside = relative(from, path);
  if (statSync(path).isDirectory())
    return !inside.startsWith('prebuilds' + sep) || inside === prebuilt || prebuilt.startsWith(inside + sep);
  if (path.endsWith('.node')) return isOurs(path);
  return /\.([cm]?js|json)$/.test(path) || /^(licen[cs]e|notice|copying)/i.test(basename(path));
};

const copied = new Set();
const copy = (name) => {
  const from = join(modules, name);
  // Optional ones are for other machines.
  if (copied.has(name) || !existsSync(from)) return;
  copied.add(name);
  cpSync(from, join(target, name), { recursive: true, dereference: true, filter: isNeeded(from) });
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
  Object.keys({ ...dependencies, ...optionalDependencies }).forEach(copy);
};
NATIVE.forEach(copy);
if (copied.size < NATIVE.length)
  throw new Error(`Not installed: ${NATIVE.filter((name) => !copied.has(name)).join(', ')}`);
