import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openBench } from './harness/open-bench.js';
import { type Measured, resultsOf, tableOf } from './harness/report.js';
import { rows } from './rows/index.js';

const USAGE = `npm run bench -- [--engines] [--short] [--only ${rows.map(({ name }) => name).join(',')}]
  --engines  also on real Kafka, Redis and the EventStoreDB stand-in (a JDK, the Kafka artifacts and redis-server)
  --short    small numbers, to see that every row can be measured; nothing is written
  --only     these rows alone; nothing is written`;

const { values } = parseArgs({
  options: {
    engines: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const only = values.only?.split(',');
const chosen = rows.filter(({ name }) => only?.includes(name) ?? true);
if (values.help || chosen.length < (only?.length ?? 1)) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 1);
}

const began = performance.now();
let current = '';
const say = (text: string): void =>
  console.error(`${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${current}${text}`);

const bench = openBench(values.short, values.engines, say);
const measured: Measured[] = [];
let failed = false;
const end = async (code: number): Promise<never> => {
  await bench.close();
  process.exit(code);
};
process.once('SIGINT', () => void end(130));

for (const row of chosen) {
  current = `${row.name}: `;
  try {
    const missing = (await row.missing?.(bench)) ?? null;
    const findings = missing === null ? await row.run(bench) : [];
    if (missing === null) console.log(`\n${row.title}\n${tableOf(findings)}`);
    else say(`not measured: ${missing}`);
    measured.push({ row, findings, missing });
  } catch (error) {
    failed = true;
    console.error(`${row.name} could not be measured:`, error);
  }
}
if (!failed && !values.short && only === undefined) {
  writeFileSync('bench/results.md', resultsOf(measured, `npm run bench${values.engines ? ' -- --engines' : ''}`));
  console.log('\nWritten to bench/results.md');
}
await end(failed ? 1 : 0);
