// The client and all it needs as one file, for pages that are not built: ours is one of them.
import { buildSync } from 'esbuild';

const here = import.meta.dirname;

export const buildClient = () =>
  buildSync({
    entryPoints: [`${here}/src/index.ts`],
    outfile: `${here}/dist/bundle.js`,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  });

if (process.argv[1] === import.meta.filename) buildClient();
