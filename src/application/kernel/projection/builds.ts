import { option as O } from 'fp-ts';
import { type Position } from '../../ports/event-store.js';
import { type Build, type ReadModels } from '../../ports/read-models.js';
import { orInterrupt } from './interrupted.js';
import { type Projection } from './projection.js';

/**
 * The checkpoint of a build that a newer one is about to replace. Nobody can write to it any more, so the newer one
 * cannot fall behind it between the last look and the flip: what was once visible stays visible.
 */
export const HANDED_OVER: Position = Number.MAX_SAFE_INTEGER;

/** Builds that end nowhere near a reader stand under a name of their own. */
const scratchName = (view: string): string => `${view}~scratch`;

/** A fresh build of the view, beside all others. */
export const nextBuild = async (readModels: ReadModels, { name, version }: Projection): Promise<Build> => {
  const { live, all } = await orInterrupt(readModels.builds(name));
  const numbers = [...all, ...(O.isSome(live) ? [live.value] : [])].map(({ build }) => build);
  return { view: name, version, build: Math.max(0, ...numbers) + 1 };
};

/** Builds that are not live, left behind by a rebuild that died. Only to be called by who holds the view's lease. */
export const dropUnfinished = async (readModels: ReadModels, { name }: Projection): Promise<void> => {
  const { live, all } = await orInterrupt(readModels.builds(name));
  for (const build of all)
    if (O.isNone(live) || live.value.build !== build.build || live.value.version !== build.version)
      await orInterrupt(readModels.drop(build));
};

/** Drops every build of a view. Rejects with Interrupted while the read models are away. */
export const dropView = async (readModels: ReadModels, view: string): Promise<ReadonlyArray<Build>> => {
  const { all } = await orInterrupt(readModels.builds(view));
  for (const build of all) await orInterrupt(readModels.drop(build));
  return all;
};

/** Runs `work` with a build nobody reads, and drops it in the end, whatever the end is. */
export const withScratchBuild = async <A>(
  readModels: ReadModels,
  { name, version }: Projection,
  work: (scratch: Build) => Promise<A>,
): Promise<A> => {
  const view = scratchName(name);
  const left = await dropView(readModels, view);
  const scratch: Build = { view, version, build: Math.max(0, ...left.map(({ build }) => build)) + 1 };
  try {
    return await work(scratch);
  } finally {
    await readModels.drop(scratch)();
  }
};
