// Bundles the server, the command line and what others may import into `dist`, or into the directory named: a start then
// loads a few files, not two thousand. Types are checked by `npm run typecheck`.
import { cpSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '..');
const ENTRIES = ['infrastructure/main.ts', 'infrastructure/cli.ts', 'adapters/http/middleware/waiting-pass.ts'];
/** They find machine code beside their own files. */
export const NATIVE = ['lmdb', 'msgpackr', 'fs-native-extensions'];
/** A CommonJS package that is part of a module still asks for Node's own modules by `require`. */
const REQUIRE =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);";

export const build = (outdir, sources = 'src') => {
  rmSync(outdir, { recursive: true, force: true });
  buildSync({
    absWorkingDir: root,
    entryPoints: ENTRIES.map((entry) => join(sources, entry)),
    outbase: sources,
    outdir: resolve(outdir),
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: NATIVE,
    banner: { js: REQUIRE },
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
};

/**
 * Puts the reference that `/docs` shows beside its page: Scalar, as one file for browsers. That file has its dependencies in
 * itself: `overrides` in package.json installs none of them a second time.
 */
export const copyReference = () =>
  cpSync(
    join(root, 'node_modules/@scalar/api-reference/dist/browser/standalone.js'),
    join(root, 'web/docs/dist/scalar.js'),
  );

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  build(process.argv[2] ?? join(root, 'dist'));
  copyReference();
}
