import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const usage = z.object({ cpuUs: z.number(), rss: z.number(), heapUsed: z.number() });
const reply = z.object({ id: z.number(), answer: z.unknown().optional(), error: z.string().optional() });

/** What a process has used since it began: CPU of all its threads in microseconds, memory in bytes. */
export type Usage = z.infer<typeof usage>;

/** A process of the bench. */
export interface Child {
  readonly usage: () => Promise<Usage>;
  /** A job for a process that runs `answering`; rejects with what it threw, or when it ends. */
  readonly ask: (job: object) => Promise<unknown>;
  /** Rejects when the process ends by itself. */
  readonly died: Promise<never>;
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
}

export interface ChildOptions {
  readonly variables?: Readonly<Record<string, string>>;
  readonly flags?: ReadonlyArray<string>;
}

const here = (file: string): string => pathToFileURL(resolve(file)).href;
const running = new Set<Child>();

/** Ends every process that was started and not stopped. */
export const stopChildren = async (): Promise<void> => {
  await Promise.all([...running].map(({ stop }) => stop('SIGKILL')));
};

/** Starts a program of its own: built JavaScript, or a TypeScript file of the bench. */
export const startChild = (file: string, { variables = {}, flags = [] }: ChildOptions = {}): Child => {
  const loader = file.endsWith('.ts') ? ['--import', here('test/support/run-typescript.mjs')] : [];
  const child = spawn(
    process.execPath,
    [...flags, '--no-warnings', '--import', here('bench/harness/usage.mjs'), ...loader, resolve(file)],
    {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const asked = new Map<number, { readonly answer: (value: unknown) => void; readonly fail: (error: Error) => void }>();
  let last = 0;
  child.on('message', (message) => {
    const { success, data } = reply.safeParse(message);
    const waiting = success ? asked.get(data.id) : undefined;
    if (data === undefined || waiting === undefined) return;
    asked.delete(data.id);
    if (data.error === undefined) waiting.answer(data.answer);
    else waiting.fail(new Error(data.error));
  });
  const died = new Promise<never>((_, reject) =>
    child.once('exit', (code, signal) => reject(new Error(`${file} ended with ${code ?? signal}`))),
  );
  died.catch((error: Error) => asked.forEach(({ fail }) => fail(error)));
  const ask = (job: object): Promise<unknown> =>
    new Promise((answer, fail) => {
      asked.set(++last, { answer, fail });
      child.send({ id: last, ask: job });
    });
  const self: Child = {
    ask,
    died,
    usage: async () => usage.parse(await ask({ kind: 'usage' })),
    stop: async (signal = 'SIGTERM') => {
      running.delete(self);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
  running.add(self);
  return self;
};

/** Runs one job in a fresh process: `bench/work/{name}.ts`. */
export const work = async (name: string, job: object, options: ChildOptions = {}): Promise<unknown> => {
  const child = startChild(`bench/work/${name}.ts`, options);
  try {
    return await child.ask(job);
  } finally {
    await child.stop('SIGKILL');
  }
};
