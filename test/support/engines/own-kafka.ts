import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { freePort } from './free-port.js';
import { ownProcess, type OwnProcess } from './own-process.js';
import { testRun } from './test-run.js';

const run = promisify(execFile);

const started = z.object({ brokers: z.array(z.string()), port: z.number(), pid: z.number(), dir: z.string() });

/** Starts a broker on `dir`, or starts it again. Rejects, saying what is missing, where it cannot. */
export const startKafkaOn = async (dir: string, options: ReadonlyArray<string> = []) => {
  const script = join(process.cwd(), 'scripts', 'kafka.mjs');
  const arguments_ = [script, 'start', '--dir', dir, '--while', String(testRun().pid), ...options];
  const { stdout } = await run(process.execPath, arguments_);
  return started.parse(JSON.parse(stdout));
};

export interface OwnKafka extends OwnProcess {
  readonly brokers: ReadonlyArray<string>;
  /** The port it listens on; clients are sent to `advertised`, if that was given. */
  readonly port: number;
  /** Again, with its data, on the same port. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

let count = 0;

/** A broker of one's own, to be frozen and killed. */
export const startOwnKafka = async (
  options: {
    readonly port?: number;
    readonly advertised?: number;
    readonly also?: string;
    readonly set?: ReadonlyArray<string>;
    /** The nth node of a cluster whose controllers listen on these ports. */
    readonly of?: { readonly node: number; readonly voters: ReadonlyArray<number> };
  } = {},
): Promise<OwnKafka> => {
  const dir = join(tmpdir(), `doorbuster-kafka-${process.pid}-${Date.now()}-${(count += 1)}`);
  const arguments_ = [
    ...(options.port === undefined ? [] : ['--port', String(options.port)]),
    ...(options.advertised === undefined ? [] : ['--advertise', String(options.advertised)]),
    ...(options.also === undefined ? [] : ['--also', options.also]),
    ...(options.of === undefined ? [] : ['--node', String(options.of.node), '--voters', options.of.voters.join(',')]),
    ...(options.set ?? []).flatMap((setting) => ['--set', setting]),
  ];
  const first = await startKafkaOn(dir, arguments_);
  let { pid } = first;
  const process_ = ownProcess(() => pid);
  return {
    ...process_,
    brokers: first.brokers,
    port: first.port,
    restart: async () => {
      ({ pid } = await startKafkaOn(dir));
    },
    stop: async () => {
      await process_.kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
};

/** A cluster that does without one of them. */
export const startThreeKafkas = async (): Promise<ReadonlyArray<OwnKafka>> => {
  const voters = await Promise.all([freePort(), freePort(), freePort()]);
  return Promise.all(voters.map((_, before) => startOwnKafka({ of: { node: before + 1, voters } })));
};
