import { type Container } from 'inversify';
import { parkedStreams } from '../../application/kernel/process/parking/parked-streams.js';
import { allEvents } from '../../application/operating/all-events.js';
import { watchProgress } from '../../application/kernel/process/watch-progress.js';
import { projectionRunner } from './projection-runner.js';
import { keepSnapshots } from '../../application/kernel/writer/keep-snapshots.js';
import { bindOnce } from './bound-in.js';
import { Tokens as T } from './tokens.js';

/** What every context works with: which streams are passed over, who follows the feed, and the read models. */
export const composeKernel = (container: Container): void => {
  bindOnce(container, T.ParkedStreams, ({ eventStore, snapshots, logger, ids, alerts, clock, metrics }) =>
    parkedStreams({ eventStore, snapshots, logger, ids, alerts, clock, metrics, faultOf: allEvents.faultOf }),
  );
  bindOnce(container, T.Progress, ({ feed, alerts, clock, logger: log, metrics }) =>
    watchProgress({ feed, alerts, clock, log, metrics }),
  );
  bindOnce(container, T.ProjectionRunner, ({ feed, readModels, leases, clock, logger: log, metrics, parkedStreams }) =>
    projectionRunner({ feed, readModels, leases, clock, log, metrics, parkedStreams }),
  );
  bindOnce(container, T.SnapshotKeeper, ({ snapshots, logger }) => keepSnapshots({ snapshots, logger }));
};
