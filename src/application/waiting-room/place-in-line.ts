import { beforeIn, regionOf } from './crowd.js';
import { type CrowdDocument, type ScheduleDocument } from './documents.js';
import { FLOW_WINDOW_MS } from './fold-schedule.js';

const MEASURED_MS = 60_000;

/** Activations a second over the last minute, of people who had waited; null while nobody has been let in from the queue. */
export const activationRate = ({ flow }: ScheduleDocument, now: number): number | null => {
  const recent = flow.filter(({ at }) => at > now - MEASURED_MS);
  const [first] = recent;
  if (first === undefined) return null;
  const count = recent.reduce((sum, window) => sum + window.count, 0);
  return count / (Math.max(now - first.at, FLOW_WINDOW_MS) / 1_000);
};

/** How many wait before a place: in the regions before its own, and before it at each level of the crowd. Never grows. */
export const aheadOf = (
  place: number,
  { firstRegion, regions }: ScheduleDocument,
  crowd: ReadonlyArray<CrowdDocument | null>,
): number => {
  const regionsBefore = regions.slice(0, Math.max(0, regionOf(place) - firstRegion));
  return crowd.reduce(
    (ahead, counted, level) => (counted === null ? ahead : ahead + beforeIn(counted, place, level)),
    regionsBefore.reduce((sum, count) => sum + count, 0),
  );
};

/** Whole seconds until a position is let in, at the measured rate; null is unknown, as while nobody is let in. */
export const etaSeconds = (position: number, schedule: ScheduleDocument, now: number): number | null => {
  const rate = schedule.terms.activeLimit === 0 ? null : activationRate(schedule, now);
  return rate === null ? null : Math.ceil(position / rate);
};
