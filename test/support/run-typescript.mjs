// Loads TypeScript in a child process of a test: node --import ./test/support/run-typescript.mjs child.ts
import { readFileSync, existsSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath, URL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transformSync } from '@swc/core';

const isTypeScript = (url) => url.startsWith('file:') && url.endsWith('.ts');

export const resolve = (specifier, context, next) => {
  if (/^[./]/.test(specifier) && specifier.endsWith('.js') && context.parentURL && isTypeScript(context.parentURL)) {
    const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL).href;
    if (existsSync(fileURLToPath(url))) return { url, shortCircuit: true };
  }
  return next(specifier, context);
};

export const load = (url, context, next) => {
  if (!isTypeScript(url)) return next(url, context);
  const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
    filename: fileURLToPath(url),
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  });
  return { format: 'module', source: code, shortCircuit: true };
};

// Module hooks run in a thread of their own, which imports this file again.
if (isMainThread) register(import.meta.url);
