import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EngineName, type Engines, type Found } from './engine.js';
import { findEventStore, findKafka, findRedis } from './find-engine.js';
import { testRun } from './test-run.js';

const finders: { readonly [Name in EngineName]: () => Promise<Found<Name>> } = {
  kafka: findKafka,
  redis: findRedis,
  eventstore: findEventStore,
};

/** For the summary at the end of the run. */
export const note = async (
  engine: EngineName | 'chromium' | 'namespaces' | 'network' | 'zsh' | 'promtool',
  ran: boolean,
  origin: string,
): Promise<void> => {
  const suite = expect.getState().testPath ?? 'unknown';
  const dir = join(testRun().dir, 'suites');
  await mkdir(dir, { recursive: true });
  const file = createHash('sha1').update(`${engine} ${suite}`).digest('hex');
  await writeFile(join(dir, `${file}.json`), JSON.stringify({ engine, suite, ran, origin }));
};

/**
 * A suite that needs a real server, shared with the other suites of the run: use a prefix of your own. Where there is
 * none the suite is reported as not run. Finding one takes time, so at the top of a test file:
 * `await describeWith('kafka', ({ brokers }) => { it(…) })`.
 */
export const describeWith = async <Name extends EngineName>(
  name: Name,
  suite: (engine: Engines[Name]) => void,
): Promise<void> => {
  const finder: () => Promise<Found<Name>> = finders[name];
  const found = await finder();
  await note(name, found.found, found.found ? found.engine.origin : found.reason);
  if (found.found) describe(`on ${name}, ${found.engine.origin}`, () => suite(found.engine));
  else describe(`on ${name}`, () => it.skip(`not run: ${found.reason}`, () => undefined));
};

let prefixes = 0;

/** A prefix for topics, groups or keys that no other suite of any run uses. */
export const ownPrefix = (): string => `t${process.pid}-${Date.now()}-${(prefixes += 1)}-`;
