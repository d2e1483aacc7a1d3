import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { within } from './bounded.js';
import { mustNotBeOver } from './row-scope.js';
import { flagsOfStart } from './start-flags.js';
import { tailOf } from './tail.js';

const usage = z.object({ cpuUs: z.number(), rss: z.number(), heapUsed: z.number(), own: z.number() });
const reply = z.object({ id: z.number(), answer: z.unknown().optional(), error: z.string().optional() });
const ready = z.object({ ready: z.literal(true) });

/** What a process has used since it began: CPU of all its threads in microseconds, memory in bytes. */
export type Usage = z.infer<typeof usage>;

/** A process of the bench. */
export interface Child {
  /** Rejects when the process does not answer within ten seconds. */
  readonly usage: () => Promise<Usage>;
  /**
   * A job for a process that runs `answering`; rejects with what it threw. Rejects with the last that it wrote when it
   * ends, or when it has not answered within `withinMs` (two minutes): then it is killed.
   */
  readonly ask: (job: object, withinMs?: number) => Promise<unknown>;
  /** Rejects when the process ends by itself, with the last that it wrote. */
  readonly died: Promise<never>;
  /** The last that it wrote to its standard streams. */
  readonly tail: () => string;
  /** Resolves when it has ended; what has not ended ten seconds after `signal` is killed. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
}

export interface ChildOptions {
  readonly variables?: Readonly<Record<string, string>>;
  readonly flags?: ReadonlyArray<string>;
}

const ASK_WITHIN_MS = 120_000;
const USAGE_WITHIN_MS = 10_000;
const STOP_WITHIN_MS = 10_000;

const here = (file: string): string => pathToFileURL(resolve(file)).href;
const running = new Map<Child, string>();

/** Ends every process that was started and not stopped. */
export const stopChildren = async (): Promise<void> => {
  await Promise.all([...running.keys()].map(({ stop }) => stop('SIGKILL')));
};

/** The last that each of them wrote, if it wrote anything. */
export const tailsOfChildren = (): ReadonlyArray<string> =>
  [...running].filter(([{ tail }]) => tail() !== '').map(([{ tail }, file]) => `${file}: ${tail()}`);

/** Starts a program of its own: built JavaScript, or a TypeScript file of the bench. Throws for a row that was given up. */
export const startChild = (file: string, { variables = {}, flags = [] }: ChildOptions = {}): Child => {
  mustNotBeOver();
  const loaders = file.endsWith('.ts') ? ['test/support/run-typescript.mjs'] : [];
  const child = spawn(
    process.execPath,
    [
      ...[...flags, '--no-warnings'],
      ...['bench/harness/usage.mjs', ...loaders].flatMap((module) => ['--import', here(module)]),
      resolve(file),
    ],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        BENCH_DIST: process.env['BENCH_DIST'],
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const tail = tailOf(child.stdout, child.stderr);
  const wrote = (what: string): Error => new Error(tail() === '' ? what : `${what}\n${tail()}`);

  const asked = new Map<number, { readonly answer: (value: unknown) => void; readonly fail: (error: Error) => void }>();
  let last = 0;
  let isListening: () => void = () => undefined;
  const listening = new Promise<void>((done) => (isListening = done));
  child.on('message', (message) => {
    if (ready.safeParse(message).success) isListening();
    const { data } = reply.safeParse(message);
    const waiting = data === undefined ? undefined : asked.get(data.id);
    if (data === undefined || waiting === undefined) return;
    asked.delete(data.id);
    if (data.error === undefined) waiting.answer(data.answer);
    else waiting.fail(new Error(data.error));
  });
  const died = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(wrote(`${file}: ${error.message}`)));
    child.once('close', (code, signal) => reject(wrote(`${file} ended with ${code ?? signal}`)));
  });
  died.catch((error: Error) => asked.forEach(({ fail }) => fail(error)));

  const send = (job: object): Promise<unknown> =>
    new Promise((answer, fail) => {
      asked.set(++last, { answer, fail });
      // That it could not be sent is known when the process has ended.
      child.send({ id: last, ask: job }, () => undefined);
    });
  const kill = (): void => void child.kill('SIGKILL');
  const bounded = (answer: Promise<unknown>, withinMs: number): Promise<unknown> =>
    within(withinMs, Promise.race([answer, died]), () => {
      kill();
      return wrote(`${file} did not answer within ${withinMs / 1_000} s`);
    });

  const self: Child = {
    died,
    tail,
    ask: (job, withinMs = ASK_WITHIN_MS) =>
      bounded(
        listening.then(() => send(job)),
        withinMs,
      ),
    usage: async () => usage.parse(await bounded(send({ kind: 'usage' }), USAGE_WITHIN_MS)),
    stop: async (signal = 'SIGTERM') => {
      running.delete(self);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      const late = setTimeout(kill, STOP_WITHIN_MS);
      await died.catch(() => undefined);
      clearTimeout(late);
    },
  };
  running.set(self, file);
  return self;
};

/** Runs one job in a fresh process with the product's flags: `bench/work/{name}.ts`. Bounded as `ask` is. */
export const work = async (
  name: string,
  job: object,
  { withinMs, flags = [], ...options }: ChildOptions & { readonly withinMs?: number } = {},
): Promise<unknown> => {
  const child = startChild(`bench/work/${name}.ts`, { ...options, flags: [...flagsOfStart(), ...flags] });
  try {
    return await child.ask(job, withinMs);
  } finally {
    await child.stop('SIGKILL');
  }
};
