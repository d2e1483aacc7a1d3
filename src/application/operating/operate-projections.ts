import { taskEither as TE } from 'fp-ts';
import { type Projection } from '../kernel/projection/projection.js';
import {
  listProjections,
  projectionStatus,
  type ProjectionStatusPorts,
} from '../kernel/projection/projection-status.js';
import { rebuildProjection, type RebuildError, type RebuildPorts } from '../kernel/projection/rebuild-projection.js';
import { type Progress } from '../kernel/projection/catch-up.js';
import { verifyProjection } from '../kernel/projection/verify-projection.js';
import { allProjections } from './all-projections.js';

/** 'PROJECTION_BUSY': it is being built, or was meanwhile. */
interface ProjectionsError {
  readonly code: 'PROJECTION_NOT_FOUND' | 'PROJECTION_BUSY' | 'UNAVAILABLE';
}

interface Watched {
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

const failed = (error: RebuildError): ProjectionsError => ({
  code: error === 'RebuildRunning' || error === 'CheckpointMoved' ? 'PROJECTION_BUSY' : 'UNAVAILABLE',
});

export type OperateProjections = ReturnType<typeof operateProjections>;

/** What operators do with the views there are, each by its name. */
export const operateProjections = (ports: ProjectionStatusPorts & RebuildPorts) => {
  const named =
    <A>(operate: (projection: Projection) => TE.TaskEither<RebuildError, A>) =>
    (name: string): TE.TaskEither<ProjectionsError, A> => {
      const projection = allProjections.find((each) => each.name === name);
      return projection === undefined
        ? TE.left({ code: 'PROJECTION_NOT_FOUND' })
        : TE.mapLeft(failed)(operate(projection));
    };
  return {
    listProjections: () => TE.mapLeft(failed)(listProjections(ports)(allProjections)),
    projectionStatus: named(projectionStatus(ports)),
    rebuildProjection: ({ name, verify }: { readonly name: string; readonly verify: boolean }, watched: Watched) =>
      named((projection) => rebuildProjection(ports)(projection, { verify, ...watched }))(name),
    verifyProjection: (name: string, watched: Watched) =>
      named((projection) => verifyProjection(ports)(projection, watched))(name),
  };
};
