import { type Bench } from '../harness/bench.js';
import { count, median, seconds } from '../harness/numbers.js';
import { atMost, type Finding, type Row } from '../harness/row.js';
import { comparedWith, productOn, type Target } from '../harness/targets.js';

const measure = async (bench: Bench, target: Target): Promise<Finding> => {
  const isProduct = target.name.startsWith('Doorbuster');
  const [people, quantity] = bench.short ? [2_000, 100] : [10_000, 1_000];
  const server = await target.start();
  const finals: number[] = [];
  const answers: number[] = [];
  // The first is warm-up. The replaced design takes a minute for each, and always the same.
  const rounds = target.name === 'replaced design' ? 1 : bench.short ? 2 : isProduct ? 6 : 3;
  for (let n = 0; n < rounds; n++) {
    const couponId = `rush-${n}`;
    await server.create(couponId, quantity);
    const rushed = await bench.generator.rush({ url: server.url, couponId, salt: couponId, people });
    if (rushed.won !== quantity) throw new Error(`${target.name}: ${rushed.won} of ${quantity} were issued`);
    bench.say(
      `${target.name}: all answered after ${seconds(rushed.answeredMs)}, final after ${seconds(rushed.finalMs)}`,
    );
    if (n === 0 && rounds > 1) continue;
    finals.push(rushed.finalMs);
    answers.push(rushed.answeredMs);
  }
  await server.child.stop();
  const { measured, wanted } = atMost(median(finals), 3_000, 1_000, seconds);
  return {
    what: `${count(people)} people at once for ${count(quantity)} coupons, until every accepted request is final, ${target.name}`,
    measured: `${measured} (everyone answered after ${seconds(median(answers))})`,
    ...(isProduct && { wanted }),
  };
};

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const findings: Finding[] = [];
  for (const target of [...bench.engines.map(productOn), ...comparedWith(bench)])
    findings.push(await measure(bench, target));
  return findings;
};

export const rush: Row = { name: 'rush', title: 'Everyone at once', run };
