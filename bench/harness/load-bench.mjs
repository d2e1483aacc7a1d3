// What the bench measures of the product is what was built, not a translation of its own: an import that leads into
// src/ is led on to the build named by BENCH_DIST. Registered after run-typescript.mjs, which loads the bench itself.
import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { resolve as pathTo } from 'node:path';
import { pathToFileURL, URL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const sources = `${pathToFileURL(pathTo('src')).href}/`;
const built = `${pathToFileURL(process.env.BENCH_DIST ?? '').href}/`;

export const resolve = (specifier, context, next) => {
  if (!/^[./]/.test(specifier) || !context.parentURL) return next(specifier, context);
  const { href } = new URL(specifier, context.parentURL);
  if (!href.startsWith(sources)) return next(specifier, context);
  return { url: built + href.slice(sources.length), shortCircuit: true };
};

// Module hooks run in a thread of their own, which imports this file again.
if (isMainThread && existsSync(process.env.BENCH_DIST ?? '')) register(import.meta.url);
