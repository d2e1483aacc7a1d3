import { inTime } from '../../application/kernel/in-time.js';
import { type Clock } from '../../application/ports/clock.js';
import { type Config } from '../config/load-config.js';
import { type PrometheusMetrics } from '../metrics/prometheus-metrics.js';
import { destinations } from './destinations.js';

interface Sending {
  readonly stop: () => Promise<void>;
}

/** A collector that is away must not keep a process from ending well. */
const LAST_SENT_WITHIN_MS = 2_000;

const endingInTime = (clock: Clock, { stop }: Sending): Sending => ({
  stop: async () => void (await inTime(clock, LAST_SENT_WITHIN_MS, stop())),
});

// The SDK is loaded by files of our own that import it, for by a direct `import()` of it the bundle gets nothing that has a name.

/** From now on traces are sent, the last when it stops; null where none are. Who sends none does not load the SDK. */
export const startSendingTraces = async (config: Config, clock: Clock): Promise<Sending | null> => {
  const { traces: url } = destinations(config);
  if (url === null) return null;
  const { sendTraces } = await import('./send-traces.js');
  return endingInTime(clock, sendTraces(url, config.PROCESSES));
};

/** The same for metrics. */
export const startSendingMetrics = async (
  config: Config,
  clock: Clock,
  metrics: Pick<PrometheusMetrics, 'gather'>,
): Promise<Sending | null> => {
  const { metrics: url } = destinations(config);
  if (url === null) return null;
  const { sendMetrics } = await import('./send-metrics.js');
  const { OTEL_METRIC_EXPORT_INTERVAL: everyMs, PROCESSES: processes } = config;
  return endingInTime(clock, sendMetrics({ url, everyMs, processes, metrics, clock }));
};
