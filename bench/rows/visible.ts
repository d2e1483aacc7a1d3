import { type Bench } from '../harness/bench.js';
import { attempt } from '../harness/failure.js';
import { median, ms, percentile, spread } from '../harness/numbers.js';
import { atMost, type Finding, type Row } from '../harness/row.js';
import { type Server, using } from '../harness/servers.js';
import { comparedWith, productOn, type Target } from '../harness/targets.js';

const measure = async (
  bench: Bench,
  server: Server,
  { name }: Target,
  what: string,
  perSecond: number,
): Promise<Finding> => {
  const isProduct = name.startsWith('Doorbuster');
  const [duration, rounds] = bench.short ? [1, 2] : [5, isProduct ? 6 : 3];
  const visible: number[][] = [];
  const accepted: number[][] = [];
  for (let n = 0; n < rounds; n++) {
    const couponId = `visible-${n}`;
    await server.create(couponId, 10 * perSecond * duration);
    const job = { url: server.url, couponId, salt: couponId, perSecond, seconds: duration };
    const { visibleMs, acceptMs } = await bench.generator.pace(job);
    bench.say(`${name}: p50 ${ms(percentile(visibleMs, 50))}, p99 ${ms(percentile(visibleMs, 99))}`);
    // The first is warm-up.
    if (n === 0) continue;
    visible.push(visibleMs);
    accepted.push(acceptMs);
  }
  const of = (all: ReadonlyArray<ReadonlyArray<number>>, percent: number): ReadonlyArray<number> =>
    all.map((values) => percentile(values, percent));
  const { measured, wanted } = atMost(median(of(visible, 99)), 100, 25, ms);
  return {
    what,
    measured:
      `${measured}${spread(of(visible, 99), ms)}, p50 ${ms(median(of(visible, 50)))}; ` +
      `202 after p50 ${ms(median(of(accepted, 50)))}, p99 ${ms(median(of(accepted, 99)))}`,
    ...(isProduct && { wanted }),
  };
};

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const perSecond = bench.short ? 300 : 1_000;
  const findings: Finding[] = [];
  const whatOf = (name: string): string => `request to final result visible at ${perSecond}/s, p99, ${name}`;
  const others = bench.withEngines ? [] : comparedWith(bench).filter(({ name }) => name !== 'replaced design');
  for (const target of [...bench.engines.map(productOn), ...others]) {
    const what = whatOf(target.name);
    findings.push(
      ...(await attempt(bench, what, () =>
        using(target.start(), async (server) => [await measure(bench, server, target, what, perSecond)]),
      )),
    );
  }
  if (others.length === 0) return findings;
  const never = { what: whatOf('replaced design'), measured: 'never: 20 results a second, whatever comes' };
  return [...findings, { ...never, state: 'not run' }];
};

export const visible: Row = { name: 'visible', title: 'From the request to its result', onEngines: true, run };
