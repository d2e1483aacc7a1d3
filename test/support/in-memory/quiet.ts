import { type Clock } from '../../../src/application/ports/clock.js';
import { type Log } from '../../../src/application/ports/log.js';
import { type Metrics } from '../../../src/application/ports/metrics.js';

/** A log that keeps its lines, for asking what an operator would have seen. */
export const recordingLog = (): Log & { readonly lines: ReadonlyArray<string> } => {
  const lines: string[] = [];
  const line = (level: string) => (_: object, message: string) => void lines.push(`${level} ${message}`);
  return { lines, debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
};

/** Metrics that keep their last value: counts add up, gauges are replaced. */
export const recordingMetrics = (): Metrics & { readonly values: ReadonlyMap<string, number> } => {
  const values = new Map<string, number>();
  return {
    values,
    count: (name, _, by = 1) => void values.set(name, (values.get(name) ?? 0) + by),
    gauge: (name, value) => void values.set(name, value),
    observe: (name, seconds) => void values.set(name, seconds),
  };
};

/** The clock on the wall, for tests in which time only has to pass. */
export const wallClock: Clock = {
  now: Date.now,
  wakeAt: (at, wake) => {
    const timer = setTimeout(wake, Math.max(0, at - Date.now()));
    return () => clearTimeout(timer);
  },
  elapsed: () => performance.now(),
  wakeIn: (ms, wake) => {
    const timer = setTimeout(wake, Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};
