import { type Projection } from '../../kernel/projection/projection.js';
import { projectionStatus, type ProjectionStatusPorts } from '../../kernel/projection/projection-status.js';
import { verifyProjection, type VerifyPorts } from '../../kernel/projection/verify-projection.js';
import { type Finding } from '../../kernel/audit/finding.js';
import { orAway } from '../../kernel/audit/away.js';

/** Views that stand still, and, when asked to look deep, views that show something else than a fresh fold. For `unlessAway`. */
export const reconcileView =
  (ports: ProjectionStatusPorts & VerifyPorts, deep: boolean) =>
  async (projection: Projection): Promise<ReadonlyArray<Finding>> => {
    const stale = (detail: string): ReadonlyArray<Finding> => [
      {
        kind: 'STALE_VIEW',
        subject: projection.name,
        detail,
        remedy: { action: 'REBUILD_VIEW', view: projection.name },
      },
    ];
    const { state, lag, trouble } = await orAway(projectionStatus(ports)(projection));
    if (state === 'NOT_BUILT') return stale('no build of this version is live');
    if (state === 'STUCK')
      return stale(
        `${lag.exact ? '' : 'more than '}${lag.events} events behind, the oldest for ${Math.round(lag.ageMs / 1_000)} s` +
          (trouble === null ? '' : `: ${trouble.reason}`),
      );
    if (!deep) return [];
    const { verdict, differing, differences } = await orAway(verifyProjection(ports)(projection));
    return verdict === 'PASS' ? [] : stale(`${differing} documents differ, ${differences[0]?.id ?? '?'} first`);
  };
