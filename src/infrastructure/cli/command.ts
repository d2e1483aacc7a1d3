import { type Command } from 'commander';
import { z } from 'zod';
import { CallFailed } from './admin-client.js';
import { type Reached, reachServer } from './reach-server.js';
import { createTerminal, type Terminal } from './terminal.js';

/** What a command has done. 'failed': it answered, and the answer is bad news. */
export type Outcome = 'done' | 'failed';

const shared = z.object({ url: z.string().optional(), token: z.string().optional(), json: z.boolean().optional() });

/** Options every command has. */
export const withSharedOptions = (command: Command): Command =>
  command
    .option('--url <url>', 'the server to ask; without it the one that has DATA_DIR, else the data itself')
    .option('--token <token>', 'ADMIN_TOKEN of that server')
    .option('--json', 'print JSON');

const said = (error: unknown): string => {
  if (error instanceof CallFailed) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

/** Runs a command to its exit code: 0 done, 1 failed or impossible. */
export const exitWith = async (work: () => Promise<Outcome>): Promise<void> => {
  try {
    if ((await work()) === 'failed') process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${said(error)}\n`);
    process.exitCode = 1;
  }
};

/** An operator's command: finds the server, asks, prints, and lets go of what it opened. */
export const operate =
  (work: (server: Reached, terminal: Terminal, given: ReadonlyArray<unknown>) => Promise<Outcome>) =>
  async (...given: ReadonlyArray<unknown>): Promise<void> => {
    const options = shared.parse(given.at(-2));
    const { url, token, json = false } = options;
    await exitWith(async () => {
      const server = await reachServer({ ...(url !== undefined && { url }), ...(token !== undefined && { token }) });
      try {
        return await work(server, createTerminal(json), given);
      } finally {
        await server.close();
      }
    });
  };
