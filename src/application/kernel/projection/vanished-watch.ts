import { either as E, option as O } from 'fp-ts';
import { type Clock } from '../../ports/clock.js';
import { type Build, type ReadModels } from '../../ports/read-models.js';
import { HANDED_OVER } from './builds.js';
import { pause } from './pause.js';

export interface VanishedWatch {
  /** `vanished` resolves when the build is no longer live, when it was handed over, or when its watch is stopped. */
  readonly watch: (build: Build) => { readonly vanished: Promise<void>; readonly stop: () => void };
}

interface Watched {
  readonly build: Build;
  readonly tell: () => void;
}

const LOOK_MS = 1_000;

/**
 * Notices that read models were wiped, and that a process that was to replace a build has closed it and died. Without it a projection
 * would notice only with the next event, and until then readers would be told to try again. It checks one view at a time, each in its turn; a wipe takes all views, so when one has vanished
 * all are checked.
 */
export const vanishedWatch = ({
  readModels,
  clock,
}: {
  readonly readModels: Pick<ReadModels, 'builds' | 'checkpoint'>;
  readonly clock: Clock;
}): VanishedWatch => {
  const watched = new Set<Watched>();
  let resting = new AbortController();

  const isGone = async ({ build }: Watched): Promise<boolean> => {
    const builds = await readModels.builds(build.view)();
    if (E.isLeft(builds)) return false;
    const { live } = builds.right;
    if (O.isNone(live) || live.value.build !== build.build || live.value.version !== build.version) return true;
    const checkpoint = await readModels.checkpoint(build)();
    return E.isRight(checkpoint) && checkpoint.right === HANDED_OVER;
  };
  const look = async (): Promise<void> => {
    for (const each of [...watched].slice(0, 1)) {
      // Behind all others.
      watched.delete(each);
      watched.add(each);
      if (!(await isGone(each))) return;
      each.tell();
      for (const other of [...watched]) if (await isGone(other)) other.tell();
    }
  };
  const keepLooking = async ({ signal }: AbortController): Promise<void> => {
    while (!signal.aborted) {
      await pause(clock, LOOK_MS, signal);
      if (!signal.aborted) await look();
    }
  };

  return {
    watch: (build) => {
      let tell = (): void => undefined;
      const vanished = new Promise<void>((resolve) => (tell = resolve));
      const stop = (): void => {
        watched.delete(one);
        if (watched.size === 0) resting.abort();
        tell();
      };
      const one: Watched = { build, tell: stop };
      watched.add(one);
      if (watched.size === 1) {
        resting = new AbortController();
        void keepLooking(resting);
      }
      return { vanished, stop };
    },
  };
};
