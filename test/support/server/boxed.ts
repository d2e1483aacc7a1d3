import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { readHolder } from '../../../src/adapters/embedded/environment/index.js';
import { namespaces } from '../engines/describe-with-namespaces.js';
import { eventually } from '../eventually.js';
import { builtDist } from './built-dist.js';
import { type Ended } from './child-server.js';

export interface BoxOptions {
  readonly variables?: Readonly<Record<string, string>>;
  /** A small file system of its own, mounted there for this process alone. */
  readonly disk?: { readonly directory: string; readonly size: string };
  /** Where standard output goes, as the shell writes it. Default: it is read. */
  readonly output?: string;
}

/** A process that is PID 1 in namespaces of its own. */
export interface Boxed {
  /** Its pid as we see it from outside. */
  readonly pid: number;
  /** A path as that process sees it. */
  readonly inside: (path: string) => string;
  readonly said: () => string;
  readonly ended: Promise<Ended>;
  /** As a container's runtime does: from outside, to PID 1. */
  readonly kill: (signal: NodeJS.Signals) => Promise<Ended>;
}

const running = new Set<ChildProcess>();
afterAll(async () => {
  await Promise.all(
    [...running].map((child) => {
      child.kill('SIGKILL');
      return once(child, 'exit');
    }),
  );
});

const childOf = (pid: number): number => {
  const child = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
  if (!(child > 0)) throw new Error('Nothing was started yet');
  return child;
};

/** Starts a program as PID 1. */
export const startBoxed = async (
  command: ReadonlyArray<string>,
  { variables = {}, disk, output }: BoxOptions = {},
): Promise<Boxed> => {
  if (disk !== undefined) mkdirSync(disk.directory, { recursive: true });
  const mounted =
    disk === undefined ? '' : `mount -t tmpfs -o size=${disk.size},mode=700 tmpfs '${disk.directory}' && `;
  const script = `${mounted}exec "$0" "$@"${output === undefined ? '' : ` > ${output}`}`;
  const child = spawn('unshare', [...namespaces, 'sh', '-c', script, ...command], {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'error', ...variables },
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
  const pid = await eventually(() => childOf(child.pid ?? 0));
  return {
    pid,
    inside: (path) => `/proc/${pid}/root${path}`,
    said: () => stdout + stderr,
    ended,
    kill: (signal) => {
      process.kill(pid, signal);
      return ended;
    },
  };
};

/** The built server as PID 1, on any free port, listening. */
export const startBoxedServer = async (
  directory: string,
  { variables = {}, ...options }: BoxOptions = {},
): Promise<Boxed & { readonly url: string }> => {
  const { main } = await builtDist();
  // What a killed one has left in the file is older.
  const before = new Date().toISOString();
  const boxed = await startBoxed([process.execPath, main], {
    ...options,
    variables: { DATA_DIR: directory, HTTP_PORT: '0', ...variables },
  });
  const url = await eventually(() => {
    const holder = readHolder(boxed.inside(directory));
    const listens = holder !== null && holder.since >= before ? holder.url : null;
    if (listens === null) throw new Error(`The server does not listen yet, and said: ${boxed.said()}`);
    return listens;
  });
  return { ...boxed, url };
};
