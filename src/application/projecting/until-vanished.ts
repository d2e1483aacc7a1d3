import { either as E, option as O } from 'fp-ts';
import { type Clock } from '../ports/clock.js';
import { type Build, type ReadModels } from '../ports/read-models.js';
import { pause } from './pause.js';

const LOOK_MS = 1_000;

/**
 * Resolves when the build is no longer live, or when aborted. Where read models can be wiped, whoever keeps a view would else
 * hear of it with the next event; until then readers would be told to come again.
 */
export const untilVanished = async (
  { readModels, clock }: { readonly readModels: Pick<ReadModels, 'builds'>; readonly clock: Clock },
  build: Build,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await pause(clock, LOOK_MS, signal);
    if (signal.aborted) return;
    const builds = await readModels.builds(build.view)();
    if (E.isLeft(builds)) continue;
    const { live } = builds.right;
    if (O.isNone(live) || live.value.build !== build.build || live.value.version !== build.version) return;
  }
};
