import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readHolder } from '../../../src/adapters/embedded/environment/index.js';
import { eventually } from '../eventually.js';
import { testRun } from '../engines/test-run.js';
import { builtDist } from './built-dist.js';

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildServer {
  readonly url: string;
  readonly process: ChildProcess;
  readonly kill: (signal: NodeJS.Signals) => Promise<Ended>;
}

const running = new Set<ChildProcess>();
afterAll(async () => {
  await Promise.all(
    [...running].map(async (child) => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }),
  );
});

const started = (file: string, args: ReadonlyArray<string>, variables: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env['PATH'], TEST_RUN_DIR: testRun().dir, LOG_LEVEL: 'error', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const ended = once(child, 'close').then((): Ended => {
    running.delete(child);
    return { code: child.exitCode, stdout, stderr };
  });
  return { child, ended, said: () => stdout + stderr };
};

/** Runs the built server until it ends by itself. */
export const runMain = async (variables: Readonly<Record<string, string>>): Promise<Ended> =>
  started((await builtDist()).main, [], variables).ended;

/** The built server with these variables and no others: its process, and how it ended. Killed when the suite ends. */
export const startBuilt = async (variables: Readonly<Record<string, string>>) =>
  started((await builtDist()).main, [], variables);

/** What a rehearsal may say on a slow machine: that it waits, and for what. */
export const NOTHING_BUT_WAITING = /^(.* s without progress.*\n)*$/;

/** A command of the built command line with these variables: its process, and how it ended. */
export const startCli = async (args: ReadonlyArray<string>, variables: Readonly<Record<string, string>> = {}) =>
  started((await builtDist()).cli, args, variables);

/** Runs a command of the built command line to its end. */
export const runCli = async (
  args: ReadonlyArray<string>,
  variables: Readonly<Record<string, string>> = {},
): Promise<Ended> => (await startCli(args, variables)).ended;

/** The built server as a process of its own, listening. Whatever is still running when the suite ends is killed. */
export const startChildServer = async (
  directory: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<ChildServer> => {
  const { main } = await builtDist();
  const { child, ended, said } = started(main, [], { DATA_DIR: directory, HTTP_PORT: '0', ...variables });
  const url = await eventually(() => {
    const holder = readHolder(directory);
    if (holder?.pid !== child.pid || !holder?.url)
      throw new Error(`The server does not listen yet, and said: ${said()}`);
    return holder.url;
  });
  return {
    url,
    process: child,
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
};
