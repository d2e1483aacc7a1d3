import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { either as E, type taskEither as TE } from 'fp-ts';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { startServer } from '../../src/infrastructure/start-server.js';

/**
 * One waiting room with a hundred thousand in line, without HTTP: the embedded engines, writer, projections and deadlines
 * in this process. `node --expose-gc --import ./test/support/run-typescript.mjs bench/micro/waiting-room.ts [PEOPLE]`
 */
const PEOPLE = Number(process.argv[2] ?? 100_000);
const LIMIT = 1_000;
const RAISED = 20_000;
const IN_FLIGHT = 1_000;
const tracing = { correlationId: 'bench' };

const must = async <L, A>(call: TE.TaskEither<L, A>): Promise<A> => {
  const answer = await call();
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left));
  return answer.right;
};
const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const said = (what: string, value: number, unit: string): void =>
  console.log(`${what.padEnd(52)} ${Math.round(value).toLocaleString('en')} ${unit}`);
const millisecondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
const median = (values: ReadonlyArray<number>): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const directory = mkdtempSync(join(tmpdir(), 'doorbuster-bench-'));
const HOUR = '3600000';
const config = loadConfig({
  DATA_DIR: directory,
  HTTP_PORT: '0',
  LOG_LEVEL: 'error',
  OPERATION_TIMEOUT_MS: '60000',
  // Nobody asks while the room fills: nobody shall lose a place for that.
  WAITING_IDLE_MS: HOUR,
  WAITING_CLAIM_MS: HOUR,
  WAITING_ACTIVE_IDLE_MS: HOUR,
});
if (E.isLeft(config)) throw new Error(config.left.join());
const server = await must(startServer(config.right, { announce: false }));
const { configureSchedule, joinQueue, leaveQueue, tokenById } = server.container.get(Tokens.WaitingCalls);

const configure = (scheduleId: string, activeLimit: number): Promise<unknown> =>
  must(configureSchedule({ scheduleId, activeLimit, activeTtlSeconds: 3_600, ...tracing }));
const fill = async (scheduleId: string, people: number): Promise<ReadonlyArray<string>> => {
  const tokens: string[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let n = next++; n < people; n = next++)
      tokens[n] = (await must(joinQueue({ scheduleId, userId: `user-${n}`, ...tracing }))).tokenId;
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return tokens;
};
/** A place is given up, and it is seen that the next one has it: one after another. */
const promotion = async (tokens: ReadonlyArray<string>): Promise<number> => {
  const times: number[] = [];
  for (const tokenId of tokens.slice(0, 200))
    times.push(await millisecondsOf(() => must(leaveQueue(tokenId, tracing))));
  return median(times) * 1_000;
};

try {
  await configure('small', LIMIT);
  const few = await fill('small', 2 * LIMIT);
  const small = await promotion(few);
  const before = heap();

  await configure('large', LIMIT);
  let crowd: ReadonlyArray<string> = [];
  const joining = await millisecondsOf(async () => (crowd = await fill('large', PEOPLE)));
  said('joins, asked to visible', (PEOPLE / joining) * 1_000, '/s');
  said(`heap of ${PEOPLE} in line`, (heap() - before) / 2 ** 20, 'MiB');

  said('one promotion with 1,000 waiting, median', small, 'µs');
  said(`one promotion with ${PEOPLE - LIMIT} waiting, median`, await promotion(crowd), 'µs');

  const asked = crowd.slice(-5_000);
  const asking = await millisecondsOf(async () => {
    for (const tokenId of asked) await must(tokenById(tokenId, { waitMs: 0, ...tracing }));
  });
  said('where a place stands, asked one after another', (asking / asked.length) * 1_000, 'µs');

  const raising = await millisecondsOf(async () => {
    await configure('large', RAISED);
    const last = crowd[RAISED + 150] ?? '';
    await must(tokenById(last, { waitMs: 60_000, ...tracing }));
  });
  said('activations after the limit is raised', ((RAISED - LIMIT) / raising) * 1_000, '/s');
} finally {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}
