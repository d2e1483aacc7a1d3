import { type Command } from 'commander';
import { z } from 'zod';
import { type Call } from './admin-client.js';
import { exitCodeOf, printFailure } from './failures.js';
import { webAddress } from './option-values.js';
import { type Reached, reachServer } from './reach-server.js';
import { createTerminal, type Terminal } from './terminal.js';

/** What a command has done. 'failed': it answered, and the answer is bad news. */
export type Outcome = 'done' | 'failed';

const shared = z.object({ url: z.string().optional(), token: z.string().optional(), json: z.boolean().optional() });

export const withSharedOptions = (command: Command): Command =>
  command
    .option(
      '--url <url>',
      'the server to call; without it the server that uses DATA_DIR, or the data itself if none runs',
      webAddress,
    )
    .option('--token <token>', 'ADMIN_TOKEN of that server, or a key of an operator')
    .option('--json', 'print JSON, also for a failure');

/** Runs a command to its exit code: 0 done, 1 failed or impossible, 2 when the command line is wrong. */
export const exitWith = async (json: boolean, work: () => Promise<Outcome>): Promise<void> => {
  try {
    if ((await work()) === 'failed') process.exitCode = 1;
  } catch (error) {
    printFailure(json, error);
    process.exitCode = exitCodeOf(error);
  }
};

/** Makes `command` do its work here, without a server. It is given its options, as `options` reads them, and its arguments. */
export const locally = <Options>(
  command: Command,
  options: z.ZodType<Options>,
  work: (given: Options, terminal: Terminal, args: ReadonlyArray<string>) => Promise<Outcome>,
): void => {
  command.option('--json', 'print JSON, also for a failure').action(async (...given: ReadonlyArray<unknown>) => {
    const { json = false } = shared.parse(given.at(-2));
    const args = z.array(z.string()).parse(given.slice(0, -2));
    await exitWith(json, () => work(options.parse(given.at(-2)), createTerminal(json), args));
  });
};

/** An operator's command: `check` throws WrongUsage before anything is opened; then it finds the server, asks, prints, and lets go of what it opened. */
export const operate =
  (
    work: (server: Reached, terminal: Terminal, given: ReadonlyArray<unknown>) => Promise<Outcome>,
    check: (given: ReadonlyArray<unknown>) => void = () => undefined,
  ) =>
  async (...given: ReadonlyArray<unknown>): Promise<void> => {
    const options = shared.parse(given.at(-2));
    const { url, token, json = false } = options;
    await exitWith(json, async () => {
      check(given);
      const server = await reachServer({ ...(url !== undefined && { url }), ...(token !== undefined && { token }) });
      try {
        return await work(server, createTerminal(json), given);
      } finally {
        await server.close();
      }
    });
  };

/** A command that makes one call, and prints what is answered: as JSON, or what `text` makes of it. */
export const ask = <A>(
  answer: z.ZodType<A>,
  callFor: (...given: ReadonlyArray<unknown>) => Call,
  text: (answer: A, ...given: ReadonlyArray<unknown>) => string,
) =>
  operate(async ({ call }, { print }, given) => {
    const found = answer.parse(await call(callFor(...given)));
    print(found, () => text(found, ...given));
    return 'done';
  });
