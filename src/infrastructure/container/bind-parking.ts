import { type Container } from 'inversify';
import { parkedStreams } from '../../application/kernel/process/parking/parked-streams.js';
import { parkingFeed } from '../../application/kernel/process/parking/parking-feed.js';
import { faultOfEvent } from '../../application/operating/readable-events.js';
import { type EventFeed } from '../../application/ports/event-feed.js';
import { type RecordedEvent } from '../../application/ports/event-store.js';
import { Tokens as T } from './tokens.js';

/** Streams that cannot be read are passed over, one by one, by whoever cannot read them. */
export const bindParking = (container: Container): void => {
  container
    .bind(T.ParkedStreams)
    .toResolvedValue(
      (eventStore, snapshots, logger, ids, alerts, clock, metrics) =>
        parkedStreams({ eventStore, snapshots, logger, ids, alerts, clock, metrics, faultOf: faultOfEvent }),
      [T.EventStore, T.Snapshots, T.Log, T.Ids, T.Alerts, T.Clock, T.Metrics],
    )
    .inSingletonScope();
};

/** The feed of one consumer; `look` throws at what it cannot read. */
export const feedOf = (container: Container, consumer: string, look?: (event: RecordedEvent) => unknown): EventFeed =>
  parkingFeed(
    {
      feed: container.get(T.EventFeed),
      eventStore: container.get(T.EventStore),
      parkedStreams: container.get(T.ParkedStreams),
    },
    consumer,
    look,
  );
