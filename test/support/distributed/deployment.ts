import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProcessName } from '../../../src/infrastructure/config/environment.js';
import { type EngineSet } from './engine-set.js';
import { type Member, startMember } from './member.js';

/** Doorbuster scaled out: every process apart from every other. */
export interface Deployment {
  readonly apis: ReadonlyArray<Member>;
  readonly workers: ReadonlyArray<Member>;
  readonly members: () => ReadonlyArray<Member>;
  /** The one that runs it. */
  readonly only: (name: ProcessName) => Member;
  /** Kills the nth and starts another in its place. */
  readonly replace: (nth: number) => Promise<void>;
  /** Starts another in place of the nth, and then asks that to end; answers its exit code. */
  readonly roll: (nth: number) => Promise<number | null>;
  /** SIGTERM to all; answers their exit codes. */
  readonly stop: () => Promise<ReadonlyArray<number | null>>;
}

/** Two that answer, two that decide, one of each other. */
const LAYOUT: ReadonlyArray<ReadonlyArray<ProcessName>> = [
  ['api'],
  ['api'],
  ['worker'],
  ['worker'],
  ['projector'],
  ['relay'],
  ['scheduler'],
];

/** The first to start creates the topics; the others follow together. */
export const deploy = async (
  engines: EngineSet,
  variables: Readonly<Record<string, string>> = {},
  layout = LAYOUT,
): Promise<Deployment> => {
  // Where the sandbox gateway keeps its books: all processes share them.
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'doorbuster-deployment-'));
  const given = { DATA_DIR, ...engines.variables, ...variables };
  const start = (processes: ReadonlyArray<ProcessName>): Promise<Member> => startMember(processes, given);
  const members = [...(await Promise.all(layout.map(start)))];
  const of = (name: ProcessName): ReadonlyArray<Member> => members.filter((_, nth) => layout[nth]?.includes(name));
  return {
    get apis() {
      return of('api');
    },
    get workers() {
      return of('worker');
    },
    members: () => members,
    only: (name) => {
      const [one] = of(name);
      if (one === undefined) throw new Error(`Nobody runs the ${name}`);
      return one;
    },
    replace: async (nth) => {
      await members[nth]?.kill('SIGKILL');
      members[nth] = await start(layout[nth] ?? []);
    },
    roll: async (nth) => {
      const before = members[nth];
      members[nth] = await start(layout[nth] ?? []);
      return (await before?.kill('SIGTERM'))?.code ?? null;
    },
    stop: async () => {
      const ended = await Promise.all(members.map(({ kill }) => kill('SIGTERM')));
      await rm(DATA_DIR, { recursive: true, force: true });
      return ended.map(({ code }) => code);
    },
  };
};
