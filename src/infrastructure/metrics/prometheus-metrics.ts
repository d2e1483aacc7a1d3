import { collectDefaultMetrics, Counter, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client';
import { inTime } from '../../application/kernel/in-time.js';
import { readTraceparent } from '../../application/kernel/tracing/in-span.js';
import { type Measurements, type Metrics } from '../../application/ports/metrics.js';
import { systemClock } from '../system/system-clock.js';
import { catalogue } from './catalogue.js';
import { type Family } from './family.js';

/** The first two lines describe the family. OpenMetrics calls it otherwise than its samples if it counts. */
const describedAs = (text: string, name: string, described: { readonly name: string; readonly kind: string }): string =>
  text
    .replace(/^# HELP .*/, (help) => help.replace(name, described.name).replaceAll('"', '\\"'))
    .replace(/^# TYPE .*/m, `# TYPE ${described.name} ${described.kind}`)
    // A whole number is written as the fraction it is.
    .replace(/(?<=[{,]le=")\d+(?=")/g, '$&.0');

/**
 * The metrics of a registry as OpenMetrics, with exemplars, and with the very names that the other format has. prom-client
 * renames counters of a registry for good when it writes this format, and lets every sample of theirs end in `_total`: what
 * counts and is called otherwise is of an unknown type here.
 */
const openMetrics = (registry: Registry) => {
  const open = new Registry<OpenMetricsContentType>();
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const textOf = async (name: string, kind: string): Promise<string> => {
    if (kind !== 'counter') return describedAs(await open.getSingleMetricAsString(name), name, { name, kind });
    const family = name.replace(/_total$/, '');
    const described = family === name ? { name, kind: 'unknown' } : { name: family, kind };
    return describedAs(await registry.getSingleMetricAsString(name), name, described);
  };
  for (const { name } of registry.getMetricsAsArray()) {
    const metric = registry.getSingleMetric(name);
    if (metric !== undefined) open.registerMetric(metric);
  }
  return async (): Promise<{ readonly contentType: string; readonly body: string }> => {
    const texts = await Promise.all(open.getMetricsAsArray().map(({ name, type }) => textOf(name, String(type))));
    return { contentType: open.contentType, body: `${texts.join('\n')}\n# EOF\n` };
  };
};

/** Seconds: from a tenth of a millisecond to a minute. */
const BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

export interface PrometheusMetrics extends Metrics, Measurements {
  /** The text Prometheus reads, and its content type. OpenMetrics has the same samples, and examples of traces beside them. */
  readonly expose: (format?: ExpositionFormat) => Promise<{ readonly contentType: string; readonly body: string }>;
  /** The same as data. */
  readonly gather: () => Promise<ReadonlyArray<Family>>;
  /** Runs before every exposition: for gauges that are cheaper to ask for than to keep. One that fails, or takes long, is left as it was. */
  readonly onExpose: (refresh: () => Promise<void>) => void;
}

export type ExpositionFormat = 'prometheus' | 'openmetrics';

export interface MetricsOptions {
  /** Histograms keep a trace beside each bucket. Default false. */
  readonly exemplars?: boolean;
}

type Labels = Readonly<Record<string, string>>;

const SAMPLED = 1;

/** What names the trace beside a bucket; null where nobody keeps it. */
const exemplarOf = (traceparent: string | undefined): Labels | null => {
  const context = readTraceparent(traceparent);
  if (context === undefined || (context.traceFlags & SAMPLED) === 0) return null;
  return { trace_id: context.traceId, span_id: context.spanId };
};

/** Whoever counts by the thousand keeps its labels, frozen: they are looked up once. */
const isKept = (labels: Labels | undefined): labels is Labels => labels !== undefined && Object.isFrozen(labels);

const childOf = <C>(
  known: WeakMap<object, C>,
  metric: { readonly labels: (labels: Labels) => C },
  labels: Labels,
): C => {
  const child = known.get(labels) ?? metric.labels(labels);
  known.set(labels, child);
  return child;
};

/** Prometheus asks every five seconds, and waits no longer: an engine that does not answer must not hide that it does not. */
const REFRESHED_WITHIN_MS = 2_000;

/** How often it is looked how late the event loop is; the metrics contain this time. The default, 10 ms, is most of what an idle process costs. */
const LAG_LOOKED_AT_MS = 200;

/**
 * Metrics of the catalogue and the default ones of Node. Counting never throws, for nothing may fail because it was
 * counted: what the catalogue does not know, by name or label, goes to `metrics_rejected_total`.
 */
export const createPrometheusMetrics = ({ exemplars = false }: MetricsOptions = {}): PrometheusMetrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_LOOKED_AT_MS });
  const rejected = new Counter({
    name: 'metrics_rejected_total',
    help: 'Measurements the catalogue of metrics does not know.',
    labelNames: ['name'],
    registers: [registry],
  });
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  for (const [name, { kind, help, labels }] of Object.entries(catalogue)) {
    const described = { name, help, labelNames: [...labels], registers: [registry] };
    if (kind === 'counter') counters.set(name, new Counter(described));
    if (kind === 'gauge') gauges.set(name, new Gauge(described));
    if (kind === 'histogram') {
      // Registered afterwards: one with exemplars is refused by a registry of the plain format, which leaves them out.
      const histogram = new Histogram({ ...described, registers: [], buckets: BUCKETS, enableExemplars: exemplars });
      registry.registerMetric(histogram);
      histograms.set(name, histogram);
    }
  }
  const measure = <M>(metrics: ReadonlyMap<string, M>, name: string, change: (metric: M) => void): void => {
    const metric = metrics.get(name);
    if (metric === undefined) return rejected.inc({ name });
    try {
      change(metric);
    } catch {
      rejected.inc({ name });
    }
  };
  const counted = new WeakMap<object, Counter.Internal>();
  const observed = new WeakMap<object, Histogram.Internal<string>>();
  const observeIn = (histogram: Histogram, seconds: number, labels: Labels | undefined): void => {
    if (isKept(labels)) return childOf(observed, histogram, labels).observe(seconds);
    if (exemplars) return histogram.labels(labels ?? {}).observe(seconds);
    histogram.observe(labels ?? {}, seconds);
  };
  const refreshers: Array<() => Promise<void>> = [];
  const refresh = async (): Promise<void> => {
    await inTime(systemClock, REFRESHED_WITHIN_MS, Promise.allSettled(refreshers.map((ask) => ask())));
  };
  const inOpenMetrics = openMetrics(registry);
  return {
    count: (name, labels, by = 1) =>
      measure(counters, name, (counter) =>
        isKept(labels) ? childOf(counted, counter, labels).inc(by) : counter.inc(labels ?? {}, by),
      ),
    gauge: (name, value, labels) => measure(gauges, name, (gauge) => gauge.set(labels ?? {}, value)),
    observe: (name, seconds, labels, traceparent) =>
      measure(histograms, name, (histogram) => {
        const exemplarLabels = exemplars ? exemplarOf(traceparent) : null;
        if (exemplarLabels === null) return observeIn(histogram, seconds, labels);
        histogram.observe({ value: seconds, exemplarLabels, ...(labels && { labels }) });
      }),
    read: async (names) => {
      const found = names.flatMap((name) => registry.getSingleMetric(name) ?? []);
      const described = await Promise.all(found.map((metric) => metric.get()));
      return described.flatMap(({ name, values }) =>
        values
          .filter(
            (value) => !('metricName' in value) || value.metricName === `${name}_bucket` || value.metricName === name,
          )
          .map(({ labels, value }) => ({
            name,
            labels: Object.fromEntries(Object.entries(labels).map(([label, text]) => [label, String(text)])),
            value,
          })),
      );
    },
    onExpose: (ask) => void refreshers.push(ask),
    expose: async (format = 'prometheus') => {
      await refresh();
      if (format === 'openmetrics') return inOpenMetrics();
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
    gather: async () => {
      await refresh();
      return (await registry.getMetricsAsJSON()).map(({ name, help, type, values }) => ({
        name,
        help,
        kind: String(type),
        values,
      }));
    },
  };
};
