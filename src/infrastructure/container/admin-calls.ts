import { function as F, taskEither as TE } from 'fp-ts';
import { type AdminError } from '../../adapters/http/routes/admin.js';
import { type AdminUseCases } from '../../adapters/http/route-table.js';
import { type Projection } from '../../application/kernel/projection/projection.js';
import {
  listProjections,
  projectionStatus,
  type ProjectionStatusPorts,
} from '../../application/kernel/projection/projection-status.js';
import {
  rebuildProjection,
  type RebuildError,
  type RebuildPorts,
} from '../../application/kernel/projection/rebuild-projection.js';
import { verifyProjection } from '../../application/kernel/projection/verify-projection.js';
import { reconcile, type ReconcilePorts } from '../../application/operating/reconcile/reconcile.js';
import { allProjections } from '../processes/projection-runner.js';

const projectionError = (error: RebuildError): AdminError => ({
  code: error === 'RebuildRunning' || error === 'CheckpointMoved' ? 'PROJECTION_BUSY' : 'UNAVAILABLE',
});

const named = (name: string): TE.TaskEither<AdminError, Projection> =>
  TE.fromNullable<AdminError>({ code: 'PROJECTION_NOT_FOUND' })(allProjections.find((each) => each.name === name));

type ProjectionCalls = Pick<
  AdminUseCases,
  'listProjections' | 'projectionStatus' | 'rebuildProjection' | 'verifyProjection'
>;

/** Operators' calls about read models. */
export const projectionCalls = (ports: ProjectionStatusPorts & RebuildPorts): ProjectionCalls => ({
  listProjections: () => TE.mapLeft(projectionError)(listProjections(ports)(allProjections)),
  projectionStatus: (name) =>
    F.pipe(
      named(name),
      TE.flatMap((projection) => TE.mapLeft(projectionError)(projectionStatus(ports)(projection))),
    ),
  rebuildProjection: ({ name, verify }, watched) =>
    F.pipe(
      named(name),
      TE.flatMap((projection) =>
        TE.mapLeft(projectionError)(rebuildProjection(ports)(projection, { verify, ...watched })),
      ),
    ),
  verifyProjection: (name, watched) =>
    F.pipe(
      named(name),
      TE.flatMap((projection) => TE.mapLeft(projectionError)(verifyProjection(ports)(projection, watched))),
    ),
});

/** What does not agree, everything that can be compared being compared. */
export const reconcileCall =
  (ports: ReconcilePorts): AdminUseCases['reconcile'] =>
  ({ heal, correlationId }, { onProgress }) =>
    F.pipe(
      reconcile(
        ports,
        allProjections,
      )({ heal, deep: true, correlationId, onProgress: (done) => onProgress({ done, total: null }) }),
      TE.map((reconciled) => ({
        ...reconciled,
        healed: reconciled.findings.filter(({ healed }) => healed).length,
      })),
    );
