import { type HrTime, ValueType } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  MeterProvider,
  type MetricData,
  type MetricProducer,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { nonEmptyArray as NEA } from 'fp-ts';
import { type Clock } from '../../application/ports/clock.js';
import { type Family } from '../metrics/family.js';
import { type PrometheusMetrics } from '../metrics/prometheus-metrics.js';
import { version } from '../version.js';
import { resourceOf } from './resource-of.js';

type Measured = Family['values'][number];

const timeOf = (ms: number): HrTime => [Math.trunc(ms / 1_000), Math.round((ms % 1_000) * 1e6)];

/** Our names end with their unit, before what says that they count. */
const unitOf = (name: string): string => {
  const [, unit] = /_(seconds|bytes)(?:_total)?$/.exec(name) ?? [];
  if (unit === 'seconds') return 's';
  return unit === 'bytes' ? 'By' : '';
};

const labelsOf = ({ labels: { le: _, ...labels } }: Measured): string =>
  JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The figures of one combination of labels each. */
const byLabels = (values: ReadonlyArray<Measured>): ReadonlyArray<ReadonlyArray<Measured>> =>
  Object.values(NEA.groupBy(labelsOf)([...values]));

/** Prometheus counts in each bucket what is in those below it too; OpenTelemetry does not. */
const histogramOf = (name: string, values: ReadonlyArray<Measured>) => {
  const figure = (of: string): number => values.find(({ metricName }) => metricName === `${name}_${of}`)?.value ?? 0;
  const buckets = values.filter(({ metricName }) => metricName === `${name}_bucket`);
  return {
    buckets: {
      boundaries: buckets.map(({ labels: { le } }) => Number(le)).filter(Number.isFinite),
      counts: buckets.map(({ value }, index) => value - (buckets[index - 1]?.value ?? 0)),
    },
    sum: figure('sum'),
    count: figure('count'),
  };
};

/**
 * What Prometheus would read, as OpenTelemetry has it: the same names, with their units, counted since `startedAt`. What was
 * not measured yet is left out: JSON has no word for it.
 */
const otlpMetrics = (families: ReadonlyArray<Family>, startedAt: number, now: number): MetricData[] => {
  const [startTime, endTime] = [timeOf(startedAt), timeOf(now)];
  const pointOf = <A>({ le: _, ...attributes }: Measured['labels'], value: A): DataPoint<A> => ({
    startTime,
    endTime,
    attributes,
    value,
  });
  const told = families.map(({ name, help, kind, values }): MetricData => {
    const described = {
      descriptor: { name, description: help, unit: unitOf(name), valueType: ValueType.DOUBLE },
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
    };
    const points = () =>
      values.filter(({ value }) => Number.isFinite(value)).map(({ labels, value }) => pointOf(labels, value));
    if (kind === 'counter')
      return { ...described, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: points() };
    if (kind === 'gauge') return { ...described, dataPointType: DataPointType.GAUGE, dataPoints: points() };
    const dataPoints = byLabels(values).map((group) => pointOf(group[0]?.labels ?? {}, histogramOf(name, group)));
    return { ...described, dataPointType: DataPointType.HISTOGRAM, dataPoints };
  });
  return told.filter(({ dataPoints }) => dataPoints.length > 0);
};

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
