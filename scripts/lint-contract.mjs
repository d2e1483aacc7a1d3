// npm run lint:contract: what others make of our contract. The OpenAPI document passes a linter; a client generated from it
// compiles, and so does a use of it; the AsyncAPI document is valid. Prints what is wrong, and ends with 1.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { Parser } from '@asyncapi/parser';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { openApiDocument, recordedExamples } from '../src/adapters/http/openapi.ts';
import { asyncApi } from '../src/application/operating/documents/asyncapi.ts';
import { allRoutes } from '../test/support/contract/all-routes.ts';

const root = resolve(import.meta.dirname, '..');
const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'contract-'));
const failures = [];

const run = (what, file, args) => {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) failures.push(`${what}:\n${stdout}${stderr}`);
};

const binary = (name) => {
  const path = join(root, 'node_modules', name, 'package.json');
  const { bin } = JSON.parse(readFileSync(path, 'utf8'));
  return join(root, 'node_modules', name, typeof bin === 'string' ? bin : (Object.values(bin)[0] ?? ''));
};

const lintOpenApi = (document) => {
  const path = join(folder, 'openapi.json');
  writeFileSync(path, JSON.stringify(document));
  run('openapi.json', binary('@redocly/cli'), [
    'lint',
    path,
    '--config',
    join(root, 'redocly.yaml'),
    '--format',
    'stylish',
  ]);
};

/** A generated client as somebody uses it: what is not as documented does not compile. */
const USE = `
import type { components, operations } from './api.js';

type Asked = operations['postCouponsByCouponIdIssue'];
export const body: Asked['requestBody']['content']['application/json'] = { userId: 'ana' };
export const accepted = ({ requestId }: Asked['responses'][202]['content']['application/json']): string => requestId;
type Conflict = Asked['responses'][409]['content']['application/problem+json'];
export const explain = ({ code, opensAt }: Conflict): string => {
  switch (code) {
    case 'NOT_OPEN': return opensAt ?? 'soon';
    default: return code;
  }
};
export const opens = ({ opensAt, eventId }: components['schemas']['Coupon']): string => opensAt ?? eventId ?? 'now';
// @ts-expect-error It may be null.
export const never = ({ opensAt }: components['schemas']['Coupon']): string => opensAt;
// @ts-expect-error There is no such status.
export const wrong: components['schemas']['Coupon']['status'] = 'GONE';
export const mine: Asked['requestBody']['content']['application/json'] = {};
// @ts-expect-error A user is named by a text.
export const wrongUser: Asked['requestBody']['content']['application/json'] = { userId: true };
`;

const compileClient = async (document) => {
  const types = await openapiTypescript(JSON.stringify(document));
  writeFileSync(join(folder, 'api.ts'), astToString(types));
  writeFileSync(join(folder, 'use.ts'), USE);
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2022'],
    types: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['api.ts', 'use.ts'] }));
  run('the generated client', createRequire(import.meta.url).resolve('typescript/bin/tsc'), ['-p', folder]);
};

const validateAsyncApi = async (document) => {
  const diagnostics = await new Parser().validate(JSON.stringify(document));
  // 0 is an error, 1 a warning.
  for (const { severity, message, path } of diagnostics)
    if (severity <= 1) failures.push(`asyncapi.json: ${path.join('.')}: ${message}`);
};

try {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const document = openApiDocument(allRoutes(), version, recordedExamples());
  lintOpenApi(document);
  await compileClient(document);
  await validateAsyncApi(asyncApi(3));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
