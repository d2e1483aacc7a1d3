import { type Bench } from '../harness/bench.js';
import { attempt } from '../harness/failure.js';
import { count, median, seconds, spread } from '../harness/numbers.js';
import { atMost, type Finding, type Row } from '../harness/row.js';
import { type Server, using } from '../harness/servers.js';
import { comparedWith, productOn, type Target } from '../harness/targets.js';

const measure = async (
  bench: Bench,
  server: Server,
  { name }: Target,
  what: string,
  people: number,
  quantity: number,
): Promise<ReadonlyArray<Finding>> => {
  const isProduct = name.startsWith('Doorbuster');
  const finals: number[] = [];
  const answers: number[] = [];
  // The first is warm-up. The replaced design takes a minute for each, and always the same.
  const rounds = name === 'replaced design' ? 1 : bench.short ? 2 : isProduct ? 6 : 3;
  for (let n = 0; n < rounds; n++) {
    const couponId = `rush-${n}`;
    await server.create(couponId, quantity);
    const rushed = await bench.generator.rush({ url: server.url, couponId, salt: couponId, people });
    if (rushed.won !== quantity) throw new Error(`${name}: ${rushed.won} of ${quantity} were issued`);
    bench.say(`${name}: all answered after ${seconds(rushed.answeredMs)}, final after ${seconds(rushed.finalMs)}`);
    if (n === 0 && rounds > 1) continue;
    finals.push(rushed.finalMs);
    answers.push(rushed.answeredMs);
  }
  const { measured, wanted } = atMost(median(finals), 3_000, 1_000, seconds);
  return [
    {
      what,
      measured: `${measured}${spread(finals, seconds)}; everyone answered after ${seconds(median(answers))}`,
      ...(isProduct && { wanted }),
    },
  ];
};

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const [people, quantity] = bench.short ? [1_000, 100] : [10_000, 1_000];
  const findings: Finding[] = [];
  const others = bench.withEngines ? [] : comparedWith(bench);
  for (const target of [...bench.engines.map(productOn), ...others]) {
    const what = `${count(people)} people at once for ${count(quantity)} coupons, until every accepted request is final, ${target.name}`;
    findings.push(
      ...(await attempt(bench, what, () =>
        using(target.start(), (server) => measure(bench, server, target, what, people, quantity)),
      )),
    );
  }
  return findings;
};

export const rush: Row = {
  name: 'rush',
  title: 'Everyone at once',
  limitS: { short: 120, full: 300 },
  onEngines: true,
  run,
};
