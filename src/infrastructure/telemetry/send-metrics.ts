import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { MeterProvider, type MetricProducer, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { type Clock } from '../../application/ports/clock.js';
import { type PrometheusMetrics } from '../metrics/prometheus-metrics.js';
import { version } from '../version.js';
import { otlpMetrics } from './otlp-metrics.js';
import { resourceOf } from './resource-of.js';

export interface SentMetrics {
  readonly url: string;
  readonly everyMs: number;
  readonly processes: ReadonlyArray<string>;
  readonly metrics: Pick<PrometheusMetrics, 'gather'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Sends what `/metrics` tells, now and then and at the end, OTLP over HTTP. Import this only where they are: it loads the
 * SDK.
 */
export const sendMetrics = ({ url, everyMs, processes, metrics, clock }: SentMetrics) => {
  const resource = resourceOf(processes);
  const startedAt = clock.now();
  const scope = { name: 'doorbuster', version };
  const producer: MetricProducer = {
    collect: async () => {
      const collected = otlpMetrics(await metrics.gather(), startedAt, clock.now());
      return { resourceMetrics: { resource, scopeMetrics: [{ scope, metrics: collected }] }, errors: [] };
    },
  };
  const provider = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url }),
        exportIntervalMillis: everyMs,
        metricProducers: [producer],
      }),
    ],
  });
  return {
    /** Sends what was not sent yet. */
    stop: async () => {
      await provider.shutdown().catch(() => undefined);
    },
  };
};
