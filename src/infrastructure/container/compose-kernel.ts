import { type Container } from 'inversify';
import { parkedStreams } from '../../application/kernel/process/parking/parked-streams.js';
import { allEvents } from '../../application/operating/all-events.js';
import { watchProgress } from '../../application/kernel/process/watch-progress.js';
import { projectionRunner } from './projection-runner.js';
import { keepSnapshots } from '../../application/kernel/writer/keep-snapshots.js';
import { boundIn } from './bound-in.js';
import { Tokens as T } from './tokens.js';

/** What every context works with: which streams are passed over, who follows the feed, and the read models. */
export const composeKernel = (container: Container): void => {
  container
    .bind(T.ParkedStreams)
    .toDynamicValue((context) => {
      const { eventStore, snapshots, logger, ids, alerts, clock, metrics } = boundIn(context);
      return parkedStreams({ eventStore, snapshots, logger, ids, alerts, clock, metrics, faultOf: allEvents.faultOf });
    })
    .inSingletonScope();
  container
    .bind(T.Progress)
    .toDynamicValue((context) => {
      const { feed, alerts, clock, logger: log, metrics } = boundIn(context);
      return watchProgress({ feed, alerts, clock, log, metrics });
    })
    .inSingletonScope();
  container
    .bind(T.ProjectionRunner)
    .toDynamicValue((context) => {
      const { feed, readModels, leases, clock, logger: log, metrics, parkedStreams } = boundIn(context);
      return projectionRunner({ feed, readModels, leases, clock, log, metrics, parkedStreams });
    })
    .inSingletonScope();
  container
    .bind(T.SnapshotKeeper)
    .toResolvedValue((snapshots, logger) => keepSnapshots({ snapshots, logger }), [T.Snapshots, T.Log])
    .inSingletonScope();
};
