/**
 * How long a shop with so many events takes to move, and how long it refuses requests meanwhile: to another data directory, or
 * to the engines that a file of environment variables names.
 *   node --import ./test/support/run-typescript.mjs bench/move.ts [EVENTS] [ENV_FILE]
 * BENCH_DIST names a build to be measured instead of the sources as they are now.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { build } from './harness/built.js';
import { stopChildren, work } from './harness/child.js';
import { count, seconds } from './harness/numbers.js';

const FILLED_WITHIN_MS = 1_800_000;

const [events = 1_000_000] = process.argv.slice(2, 3).map(Number);
const given = process.argv[3];
const dist = process.env['BENCH_DIST'] ?? build();
const home = mkdtempSync(join(tmpdir(), 'doorbuster-move-'));
const directory = join(home, 'data');
const target = given ?? join(home, 'new.env');
if (given === undefined) writeFileSync(target, `DATA_DIR=${join(home, 'moved')}\n`);

await work('year-of-sales', { directory, events, fold: false }, { withinMs: FILLED_WITHIN_MS });
const began = performance.now();
const command = [join(dist, 'infrastructure', 'cli.js'), 'move', '--to-env', target, '--json'];
const { stdout } = await promisify(execFile)(process.execPath, command, {
  env: { ...process.env, DATA_DIR: directory },
});
const moved = z.object({ events: z.number(), head: z.string(), closedMs: z.number() }).parse(JSON.parse(stdout));
console.log(
  `${count(moved.events)} events moved and read back in ${seconds(performance.now() - began)}; ` +
    `requests were refused for ${seconds(moved.closedMs)}; head ${moved.head}`,
);
await stopChildren();
rmSync(home, { recursive: true, force: true });
