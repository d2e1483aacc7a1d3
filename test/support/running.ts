import { fromNow, keptCheckpoint } from '../../src/application/kernel/process/kept-checkpoint.js';
import { type ParkedStreams } from '../../src/application/kernel/process/parking/parked-streams.js';
import { parkingOf } from '../../src/application/kernel/process/parking/parking.js';
import { type Process } from '../../src/application/kernel/process/process.js';
import { runProcess } from '../../src/application/kernel/process/run-process.js';
import { type Task } from '../../src/application/kernel/process/while-leading.js';
import { type EventStore } from '../../src/application/ports/event-store.js';
import { type EventFeed } from '../../src/application/ports/event-feed.js';
import { type ReadModels } from '../../src/application/ports/read-models.js';

/** Everything can be read. */
export const nothingParked: ParkedStreams = {
  open: async () => parkingOf(() => null),
  fresh: () => parkingOf(() => null),
  replace: async () => undefined,
};

export interface RunningPorts {
  readonly feed: EventFeed;
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly readModels: ReadModels;
  readonly parkedStreams?: ParkedStreams;
}

/** Runs a process as the lease's holder does, until stopped. */
export const running = <Work>(
  { feed, eventStore, readModels, parkedStreams = nothingParked }: RunningPorts,
  process: Process<Work>,
  overtaken = (): void => undefined,
): Promise<Task> => {
  const checkpoint = process.checkpoint === null ? fromNow(feed) : keptCheckpoint(readModels, process.checkpoint);
  return runProcess({ feed, eventStore, parkedStreams, checkpoint }, process)(overtaken);
};
