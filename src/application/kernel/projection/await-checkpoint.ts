import { option as O, taskEither as TE } from 'fp-ts';
import { type Clock } from '../../ports/clock.js';
import { type Position } from '../../ports/event-store.js';
import { type ReadModels } from '../../ports/read-models.js';
import { answering, orInterrupt } from './interrupted.js';
import { pause } from './pause.js';
import { HANDED_OVER } from './builds.js';
import { liveBuild } from './projection.js';

export interface AwaitCheckpointPorts {
  readonly readModels: ReadModels;
  readonly clock: Clock;
}

export interface AwaitCheckpoint {
  readonly view: { readonly name: string; readonly version: number };
  readonly position: Position;
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

/** A projection follows within milliseconds: asking soon costs little, asking on and on would. */
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 100;

/**
 * Waits until what is served includes everything up to `position`, at most `waitMs`: to read what one has just
 * written. True when it does; 'ReadModelsUnavailable' also while there is no build to be served.
 */
export const awaitCheckpoint =
  ({ readModels, clock }: AwaitCheckpointPorts) =>
  ({ view, position, waitMs, signal }: AwaitCheckpoint): TE.TaskEither<'ReadModelsUnavailable', boolean> =>
    TE.mapLeft(() => 'ReadModelsUnavailable' as const)(
      answering(async () => {
        const deadline = clock.elapsed() + waitMs;
        for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
          const live = liveBuild(view, await orInterrupt(readModels.builds(view.name)));
          const checkpoint = O.isNone(live) ? null : await orInterrupt(readModels.checkpoint(live.value));
          if (checkpoint !== null && checkpoint !== HANDED_OVER && checkpoint >= position) return true;
          if (clock.elapsed() >= deadline || signal?.aborted === true) return false;
          await pause(clock, Math.min(wait, deadline - clock.elapsed()), signal);
        }
      }),
    );
