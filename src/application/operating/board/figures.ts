import { type Measurement } from '../../ports/metrics.js';
import { type Figures, type MeasuredWay, type Percentiles } from './board.js';

/** What is counted, at one moment. `at` in milliseconds of a clock that is never set back. */
export interface Sample {
  readonly at: number;
  readonly measurements: ReadonlyArray<Measurement>;
  /** Requests for coupons that were ever accepted and decided; null where the log did not answer. */
  readonly log: { readonly accepted: number; readonly decided: number } | null;
  /** Coupons issued, as queries see them. */
  readonly issued: number | null;
}

const WINDOW_MS = 60_000;
const RATE_OVER_MS = 2_000;
/** After a longer pause between two looks all figures begin anew: nothing was seen in between. */
const LOST_AFTER_MS = 10_000;

const histograms: Readonly<Record<string, MeasuredWay>> = {
  coupon_accept_seconds: 'accept',
  coupon_decide_seconds: 'decide',
  coupon_visible_seconds: 'visible',
  http_request_seconds: 'http',
};
const ANSWERS = 'coupon_requests_total';
const STATUSES = 'http_requests_total';

export const figuresAreMadeOf: ReadonlyArray<string> = [...Object.keys(histograms), ANSWERS, STATUSES];

const sums = (sample: Sample, name: string, label: string): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const { name: of, labels, value } of sample.measurements) {
    const key = labels[label];
    if (of === name && key !== undefined) found.set(key, (found.get(key) ?? 0) + value);
  }
  return found;
};

const grown = (now: Sample, before: Sample, name: string, label: string): ReadonlyMap<string, number> => {
  const earlier = sums(before, name, label);
  return new Map([...sums(now, name, label)].map(([key, value]) => [key, value - (earlier.get(key) ?? 0)]));
};

const counts = (grew: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...grew].filter(([, count]) => count > 0));

/** Within a bucket as if its values lay evenly, as Prometheus tells it; milliseconds. */
export const quantile = (buckets: ReadonlyArray<readonly [le: number, cumulative: number]>, share: number): number => {
  const rank = share * (buckets.at(-1)?.[1] ?? 0);
  let [lower, below] = [0, 0];
  for (const [le, cumulative] of buckets) {
    if (cumulative >= rank) {
      if (le === Infinity || cumulative === below) return lower * 1_000;
      return (lower + ((le - lower) * (rank - below)) / (cumulative - below)) * 1_000;
    }
    [lower, below] = [le, cumulative];
  }
  return lower * 1_000;
};

const bound = (le: string): number => (le === '+Inf' ? Infinity : Number(le));
const rounded = (value: number): number => Number(value.toPrecision(3));

const percentiles = (now: Sample, before: Sample, name: string): Percentiles | null => {
  const buckets = [...grown(now, before, name, 'le')]
    .map(([le, count]) => [bound(le), count] as const)
    .sort(([one], [other]) => one - other);
  if ((buckets.at(-1)?.[1] ?? 0) <= 0) return null;
  const at = (share: number): number => rounded(quantile(buckets, share));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
};

const rate = (now: number | null | undefined, before: number | null | undefined, ms: number): number | null =>
  now === null || now === undefined || before === null || before === undefined || ms <= 0
    ? null
    : Math.max(0, Math.round(((now - before) / ms) * 1_000));

const latencyOf = (now: Sample, before: Sample): Figures['latency'] => {
  const latency: { [Way in MeasuredWay]?: Percentiles } = {};
  for (const [name, way] of Object.entries(histograms)) {
    const found = percentiles(now, before, name);
    if (found !== null) latency[way] = found;
  }
  return latency;
};

/** Figures from what was counted at each look: rates over two seconds, all else over the last minute. */
export const newFigures = (): ((sample: Sample) => Figures) => {
  let samples: Sample[] = [];
  return (now) => {
    const last = samples.at(-1);
    if (last !== undefined && now.at - last.at > LOST_AFTER_MS) samples = [];
    samples.push(now);
    while (samples.length > 1 && now.at - (samples[0]?.at ?? now.at) > WINDOW_MS) samples.shift();
    const first = samples[0] ?? now;
    const lately = samples.findLast(({ at }) => now.at - at >= RATE_OVER_MS) ?? first;
    const ms = now.at - lately.at;
    const accepted = rate(now.log?.accepted, lately.log?.accepted, ms);
    const decided = rate(now.log?.decided, lately.log?.decided, ms);
    const visible = rate(now.issued, lately.issued, ms);
    return {
      rates: {
        ...(accepted !== null && { accepted }),
        ...(decided !== null && { decided }),
        ...(visible !== null && { visible }),
      },
      answers: counts(grown(now, first, ANSWERS, 'answer')),
      statuses: counts(grown(now, first, STATUSES, 'status')),
      latency: latencyOf(now, first),
    };
  };
};
