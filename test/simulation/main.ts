import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { RARITY, simulate, type Simulated } from './simulate.js';

/**
 * Simulates one world a seed, on all processors, and says what was not as promised.
 *
 * SIMULATION_RUNS     how many worlds (10,000)
 * SIMULATION_FROM     the first seed (1)
 * SIMULATION_MINUTES  no new world after so long; without SIMULATION_RUNS it goes on with new seeds until then
 * SIMULATION_PROCESSES  how many share the work (as many as there are processors)
 * SIMULATION_STOP_AT  ends after so many that are not as promised
 * SIMULATION_RARITY   of all worlds, in so many events are damaged, or a new version takes over, or both (0.25)
 * SIMULATION_SEED     this world alone, with all that happened in it
 */
const environment = z.object({
  SIMULATION_RUNS: z.coerce.number().int().min(1).optional(),
  SIMULATION_FROM: z.coerce.number().int().min(0).default(1),
  SIMULATION_MINUTES: z.coerce.number().positive().optional(),
  SIMULATION_STOP_AT: z.coerce.number().min(1).default(Infinity),
  SIMULATION_PROCESSES: z.coerce.number().int().min(1).optional(),
  SIMULATION_RARITY: z.coerce.number().min(0).max(1).default(RARITY),
  SIMULATION_SEED: z.coerce.number().int().optional(),
  /** Set for the processes that share the work: of so many, which one this is. */
  SIMULATION_SHARE: z
    .string()
    .regex(/^\d+\/\d+$/)
    .optional(),
});
const {
  SIMULATION_STOP_AT,
  SIMULATION_RUNS,
  SIMULATION_FROM,
  SIMULATION_MINUTES,
  SIMULATION_PROCESSES,
  SIMULATION_RARITY,
  SIMULATION_SEED,
  SIMULATION_SHARE,
} = environment.parse(process.env);
const RUNS = 10_000;
const MOST_FAULTY = 5;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const inWords = ({ faults }: Pick<Simulated, 'faults'>): string => faults.map((fault) => `    ${fault}`).join('\n');

const tellAll = ({ deployment, promised }: Simulated): void => {
  for (const { event, streamId, recordedAt, position } of deployment.events.all)
    say(`${new Date(recordedAt).toISOString().slice(11, 23)} ${position} ${streamId} ${JSON.stringify(event)}`);
  for (const entry of deployment.gateway.ledger.all()) say(`ledger ${JSON.stringify(entry)}`);
  for (const asked of promised.coupons) say(`accepted ${JSON.stringify(asked)}`);
  for (const [asked, answers] of promised.answers) say(`answered ${asked}: ${answers.join(' | ')}`);
  for (const error of deployment.errors) say(`error ${error}`);
};

/** A world that breaks off is not as promised either. */
const simulateSafely = async (seed: number) => {
  try {
    const { faults, steps, deployment } = await simulate(seed, SIMULATION_RARITY);
    return { faults, steps, events: deployment.events.all.length };
  } catch (error) {
    return { faults: [`it broke off: ${error instanceof Error ? error.message : String(error)}`], steps: 0, events: 0 };
  }
};

/** Answers how many worlds were not as promised. */
const runShare = async (share: number, shares: number): Promise<number> => {
  const end = SIMULATION_MINUTES === undefined ? Infinity : performance.now() + SIMULATION_MINUTES * 60_000;
  const runsAsked = SIMULATION_RUNS ?? (SIMULATION_MINUTES === undefined ? RUNS : Infinity);
  let [runs, faulty, steps, events] = [0, 0, 0, 0];
  // Traces are a tenth of what a world costs: a world that is run alone has them.
  Error.stackTraceLimit = 0;
  const { user: before } = process.cpuUsage();
  for (
    let seed = SIMULATION_FROM + share;
    seed < SIMULATION_FROM + runsAsked && performance.now() < end && faulty < SIMULATION_STOP_AT;
    seed += shares
  ) {
    const world = await simulateSafely(seed);
    runs += 1;
    steps += world.steps;
    events += world.events;
    if (world.faults.length === 0) continue;
    faulty += 1;
    if (faulty <= MOST_FAULTY)
      say(`Seed ${seed} (run it alone: SIMULATION_SEED=${seed} npm run simulate):\n${inWords(world)}`);
  }
  const cpu = (process.cpuUsage().user - before) / 1_000 / Math.max(runs, 1);
  const each = (sum: number): string => (sum / Math.max(runs, 1)).toFixed(1);
  say(
    `Seeds from ${SIMULATION_FROM + share} on${shares === 1 ? '' : `, in steps of ${shares}`}: ${runs} worlds, ${faulty} not as promised; each ${each(events)} events, ${each(steps)} steps, ${cpu.toFixed(1)} ms of CPU`,
  );
  return faulty;
};

const runShares = async (): Promise<boolean> => {
  const shares = SIMULATION_PROCESSES ?? availableParallelism();
  const children = Array.from({ length: shares }, (_, share) =>
    fork(fileURLToPath(import.meta.url), { env: { ...process.env, SIMULATION_SHARE: `${share}/${shares}` } }),
  );
  const ended = children.map(
    (child) =>
      new Promise<boolean>((resolve) => {
        child.on('exit', (code) => {
          if (code !== 0 && SIMULATION_STOP_AT !== Infinity) children.forEach((other) => other.kill());
          resolve(code === 0);
        });
      }),
  );
  return (await Promise.all(ended)).every((isWell) => isWell);
};

const runOne = async (seed: number): Promise<boolean> => {
  const world = await simulate(seed, SIMULATION_RARITY);
  tellAll(world);
  say(world.faults.length === 0 ? `Seed ${seed}: all is as promised` : `Seed ${seed}:\n${inWords(world)}`);
  return world.faults.length === 0;
};

const [share, shares] = (SIMULATION_SHARE ?? '').split('/').map(Number);
const isWell =
  SIMULATION_SEED !== undefined
    ? await runOne(SIMULATION_SEED)
    : share !== undefined && shares !== undefined
      ? (await runShare(share, shares)) === 0
      : await runShares();
process.exitCode = isWell ? 0 : 1;
