import { option as O, type taskEither as TE } from 'fp-ts';
import { HANDED_OVER, withScratchBuild } from './builds.js';
import { catchUp, type CatchUpPorts, type Progress } from './catch-up.js';
import { type ParkedStreams } from '../process/parking/parked-streams.js';
import { type Forget, keepAll } from './forget.js';
import { compareBuilds, type Comparison } from './compare-builds.js';
import { answering, Interrupted, type Interruption, orInterrupt } from './interrupted.js';
import { liveBuild, type Projection } from './projection.js';

export interface VerifyPorts extends CatchUpPorts {
  readonly parkedStreams?: Pick<ParkedStreams, 'fresh'>;
  readonly forget?: Forget;
}

export interface VerifyOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

export interface ProjectionVerified extends Comparison {
  readonly verdict: 'PASS' | 'FAIL';
  readonly view: string;
  readonly build: number;
  readonly events: number;
}

/** 'ReadModelsUnavailable' also while no build is live; 'CheckpointMoved' when the view was rebuilt meanwhile: ask again. */
export type VerifyProjection = (
  projection: Projection,
  options?: VerifyOptions,
) => TE.TaskEither<Interruption, ProjectionVerified>;

/** Compares what is served with a fresh fold of all events, in a build of its own that is dropped afterwards. */
export const verifyProjection =
  ({ parkedStreams, forget = keepAll, ...rest }: VerifyPorts): VerifyProjection =>
  (projection, options = {}) =>
    answering(async () => {
      const ports = { ...rest, ...(parkedStreams && { parking: parkedStreams.fresh() }) };
      const { readModels } = ports;
      const live = liveBuild(projection, await orInterrupt(readModels.builds(projection.name)));
      if (O.isNone(live)) throw new Interrupted('ReadModelsUnavailable');
      const served = live.value;
      return withScratchBuild(readModels, projection, async (scratch) => {
        const until = await orInterrupt(readModels.checkpoint(served));
        if (until === HANDED_OVER) throw new Interrupted('CheckpointMoved');
        const { events } = await catchUp(ports)(projection, scratch, { ...options, until });
        for (const build of [served, scratch]) await orInterrupt(forget(projection.name, build));
        const comparison = await compareBuilds(ports)(projection, served, scratch, options.signal);
        const still = liveBuild(projection, await orInterrupt(readModels.builds(projection.name)));
        if (O.isNone(still) || still.value.build !== served.build) throw new Interrupted('CheckpointMoved');
        return {
          ...comparison,
          verdict: comparison.differing === 0 ? 'PASS' : 'FAIL',
          view: projection.name,
          build: served.build,
          events,
        };
      });
    });
