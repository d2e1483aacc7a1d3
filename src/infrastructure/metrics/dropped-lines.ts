import { type ClosableLog } from '../logging/pino-log.js';
import { type PrometheusMetrics } from './prometheus-metrics.js';

/** Counts what the log itself cannot tell. */
export const countDroppedLines = (
  metrics: Pick<PrometheusMetrics, 'count' | 'onExpose'>,
  { dropped }: Pick<ClosableLog, 'dropped'>,
): void => {
  let counted = 0;
  metrics.onExpose(async () => {
    const [before, now] = [counted, dropped()];
    counted = now;
    metrics.count('log_lines_dropped_total', undefined, now - before);
  });
};
