import { z } from 'zod';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { startServer } from '../../src/infrastructure/start-server.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { answering } from '../harness/answering.js';
import { inAll } from './waiting-lanes.js';
import { must } from './container.js';
import { either as E } from 'fp-ts';

const job = z.object({
  directory: z.string(),
  /** Who waits in the large room. */
  people: z.number(),
  /** Who waits in each of the small ones. */
  few: z.number(),
  rounds: z.number(),
  /** In a round, to each room. */
  joins: z.number(),
  promotions: z.number(),
  /** Let in at once, in the end. */
  raised: z.number(),
});

const IN_FLIGHT = 500;
const HOUR = '3600000';
const tracing = { correlationId: 'bench' };

const timed = async (work: () => Promise<unknown>): Promise<{ readonly wallMs: number; readonly cpuUs: number }> => {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs: performance.now() - start, cpuUs: user + system };
};
const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

/** A small room and a large one in turns, in one server without HTTP: writer, views and deadlines on embedded engines. */
answering(job, async ({ directory, people, few, rounds, joins, promotions, raised }) => {
  const config = loadConfig({
    DATA_DIR: directory,
    HTTP_PORT: '0',
    LOG_LEVEL: 'error',
    OPERATION_TIMEOUT_MS: '60000',
    // Nobody asks while a room fills: nobody shall lose a place for that.
    WAITING_IDLE_MS: HOUR,
    WAITING_CLAIM_MS: HOUR,
    WAITING_ACTIVE_IDLE_MS: HOUR,
  });
  if (E.isLeft(config)) throw new Error(config.left.join('\n'));
  const server = await must(startServer(config.right, { announce: false }));
  const { configureSchedule, joinQueue, leaveQueue, tokenById } = server.container.get(Tokens.WaitingCalls);

  const configure = (scheduleId: string, activeLimit: number): Promise<unknown> =>
    must(configureSchedule({ scheduleId, activeLimit, activeTtlSeconds: 3_600, ...tracing }));
  /** Each joins and is told where they stand. */
  const join = (scheduleId: string, from: number, count: number): Promise<ReadonlyArray<string>> =>
    inAll(count, IN_FLIGHT, async (n) => {
      const { tokenId } = await must(joinQueue({ scheduleId, userId: `user-${from + n}`, ...tracing }));
      return tokenId;
    });
  /** A place is given up, and it is seen that the next one has it: one after another. */
  const promote = async (tokens: ReadonlyArray<string>): Promise<void> => {
    for (const tokenId of tokens) await must(leaveQueue(tokenId, tracing));
  };

  try {
    const active = rounds * promotions;
    // The first room is warm-up.
    await configure('first', few);
    await join('first', 0, 2 * few);
    const before = heap();
    await configure('large', active);
    const large = [...(await join('large', 0, active))];
    const filled = await timed(async () => large.push(...(await join('large', active, people))));
    const heapBytes = heap() - before;

    const all: object[] = [];
    for (let round = 0; round < rounds; round++) {
      const small = `small-${round}`;
      await configure(small, promotions);
      const tokens = await join(small, 0, promotions + few);
      all.push({
        small: {
          joins: await timed(() => join(small, promotions + few, joins)),
          promotions: await timed(() => promote(tokens.slice(0, promotions))),
        },
        large: {
          joins: await timed(() => join('large', active + people + round * joins, joins)),
          promotions: await timed(() => promote(large.slice(round * promotions, (round + 1) * promotions))),
        },
      });
    }
    // Each round has let as many in as it let out.
    const last = large[2 * active + raised - 1] ?? '';
    const raising = await timed(async () => {
      await configure('large', active + raised);
      await must(tokenById(last, { waitMs: 60_000, ...tracing }));
    });
    return { filled, heapBytes, rounds: all, raising };
  } finally {
    await server.stop();
  }
});
