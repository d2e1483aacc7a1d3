import { type Container } from 'inversify';
import { parkedStreams } from '../../application/kernel/process/parking/parked-streams.js';
import { allEvents } from '../../application/operating/all-events.js';
import { Tokens as T } from './tokens.js';

/** Streams that cannot be read are passed over, one by one, by whoever cannot read them. */
export const bindParking = (container: Container): void => {
  container
    .bind(T.ParkedStreams)
    .toResolvedValue(
      (eventStore, snapshots, logger, ids, alerts, clock, metrics) =>
        parkedStreams({ eventStore, snapshots, logger, ids, alerts, clock, metrics, faultOf: allEvents.faultOf }),
      [T.EventStore, T.Snapshots, T.Log, T.Ids, T.Alerts, T.Clock, T.Metrics],
    )
    .inSingletonScope();
};
