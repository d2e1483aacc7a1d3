import { type Command } from 'commander';
import { z } from 'zod';
import { type AdminClient, type Call } from './admin-client.js';
import { exitCodeOf, printFailure } from './failures.js';
import { webAddress } from './option-values.js';
import { progressOn } from './progress.js';
import { reachServer } from './reach-server.js';
import { createTerminal, type Terminal } from './terminal.js';

/** What a command has done. 'failed': it answered, and the answer is bad news. */
export type Outcome = 'done' | 'failed';

const shared = z.object({ url: z.string().optional(), token: z.string().optional(), json: z.boolean().optional() });

const withSharedOptions = (command: Command): Command =>
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

/** The words behind a command; undefined for one that may be left out, and was. */
type Args = ReadonlyArray<string | undefined>;
const argsOf = (given: ReadonlyArray<unknown>): Args => z.array(z.string().optional()).parse(given.slice(0, -2));

/** Makes `command` do its work here, without a server. It is given its options, as `options` reads them, and its arguments. */
export const locally = <Options>(
  command: Command,
  options: z.ZodType<Options>,
  work: (given: Options, terminal: Terminal, args: Args) => Promise<Outcome>,
): void => {
  command.option('--json', 'print JSON, also for a failure').action(async (...given: ReadonlyArray<unknown>) => {
    const { json = false } = shared.parse(given.at(-2));
    await exitWith(json, () => work(options.parse(given.at(-2)), createTerminal(json), argsOf(given)));
  });
};

interface Operating<Options> {
  readonly terminal: Terminal;
  readonly given: Options;
  readonly args: Args;
}

/** An operator's command: `check` throws WrongUsage before anything is opened; then it finds the server, asks, prints, and lets go of what it opened. */
export const operate = <Options>(
  command: Command,
  options: z.ZodType<Options>,
  work: (call: AdminClient, by: Operating<Options>) => Promise<Outcome>,
  check: (given: Options, args: Args) => void = () => undefined,
): void => {
  withSharedOptions(command).action(async (...raw: ReadonlyArray<unknown>) => {
    const { url, token, json = false } = shared.parse(raw.at(-2));
    await exitWith(json, async () => {
      const [given, args] = [options.parse(raw.at(-2)), argsOf(raw)];
      check(given, args);
      const server = await reachServer(url, token);
      try {
        return await work(server.call, { terminal: createTerminal(json), given, args });
      } finally {
        await server.close();
      }
    });
  });
};

export interface Asking<Options, A> {
  readonly options: z.ZodType<Options>;
  readonly answer: z.ZodType<A>;
  readonly call: (args: Args, given: Options) => Call;
  /** For a call that takes long: what is said beside its bar. */
  readonly label?: (args: Args) => string;
  readonly text: (answer: A, args: Args) => string;
  /** Whether the answer is bad news. */
  readonly isBad?: (answer: A) => boolean;
}

/** A command that makes one call, and prints what is answered: as JSON, or what `text` makes of it. */
export const ask = <Options, A>(command: Command, asking: Asking<Options, A>): void =>
  operate(command, asking.options, async (call, { terminal, given, args }) => {
    const { label, isBad = () => false } = asking;
    const wanted = asking.call(args, given);
    const answer =
      label === undefined
        ? await call(wanted)
        : await progressOn(terminal, label(args), (onProgress) => call({ ...wanted, onProgress }));
    const found = asking.answer.parse(answer);
    terminal.print(found, () => asking.text(found, args));
    return isBad(found) ? 'failed' : 'done';
  });

/** Of a command without options of its own. */
export const noOptions = z.object({});
export const reasonGiven = z.object({ reason: z.string() });
export const withReason = (command: Command): Command =>
  command.option('--reason <reason>', 'recorded with it', 'none given');
