import { either as E } from 'fp-ts';
import { type Metrics } from '../ports/metrics.js';
import { type ReadModels } from '../ports/read-models.js';
import { readWaitingRooms } from './read-waiting-rooms.js';

/** More names than this would burden the metrics server: the other schedules are counted together. */
const MOST_NAMED = 100;
const OTHERS = 'others';

/**
 * How many wait and how many are in, by schedule. The first hundred schedules that had people have a name of their own, for as
 * long as this process runs; all others are one.
 */
export const crowdGauges = ({
  readModels,
  metrics,
}: {
  readonly readModels: ReadModels;
  readonly metrics: Pick<Metrics, 'gauge'>;
}): (() => Promise<void>) => {
  const rooms = readWaitingRooms(readModels);
  const named = new Set<string>();
  const tell = (schedule: string, waiting: number, active: number): void => {
    metrics.gauge('waiting_room_waiting', waiting, { schedule });
    metrics.gauge('waiting_room_active', active, { schedule });
  };
  return async () => {
    const found = await rooms.schedules()();
    if (E.isLeft(found)) return;
    let [waitingElsewhere, activeElsewhere, isElsewhere] = [0, 0, false];
    for (const { scheduleId, waiting, active } of found.right) {
      if (waiting + active > 0 && named.size < MOST_NAMED) named.add(scheduleId);
      if (named.has(scheduleId)) tell(scheduleId, waiting, active);
      else {
        waitingElsewhere += waiting;
        activeElsewhere += active;
        isElsewhere = true;
      }
    }
    if (isElsewhere) tell(OTHERS, waitingElsewhere, activeElsewhere);
  };
};
