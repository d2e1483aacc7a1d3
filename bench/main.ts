import { writeFileSync } from 'node:fs';
import { namedEventStore } from './harness/named-event-store.js';
import { openBench } from './harness/open-bench.js';
import { progressOn } from './harness/progress.js';
import { resultsOf, tableOf } from './harness/report.js';
import { limitOf, type Measured, runRow } from './harness/run-row.js';
import { invocation } from './invocation.js';
import { rows } from './rows/index.js';

const asked = invocation(process.argv.slice(2), rows);
if (typeof asked === 'string') {
  console.log(asked);
  process.exit(process.argv.includes('--help') ? 0 : 1);
}
const { short, engines, chosen, out, command } = asked;
const { say, about } = progressOn(process.stderr);
const began = performance.now();
const named = engines
  ? await namedEventStore(process.env['EVENTSTORE_URL']).catch((error: Error) => {
      console.error(error.message);
      process.exit(1);
    })
  : null;
const bench = openBench(short, engines, named, say);
const end = async (code: number): Promise<never> => {
  about();
  await bench.close();
  process.exit(code);
};
process.once('SIGINT', () => void end(130));
process.once('SIGTERM', () => void end(143));

const measured: Measured[] = [];
for (const [n, row] of chosen.entries()) {
  about({ name: row.name, limitMs: limitOf(row, bench), place: `[${n + 1}/${chosen.length}]` });
  const one = await runRow(row, bench);
  if (one.missing !== null) say(`not run: ${one.missing}`);
  about();
  if (one.missing === null) console.log(`\n${row.title}\n${tableOf(one.findings, short)}`);
  measured.push(one);
}
const tookMs = performance.now() - began;
if (out !== null) {
  writeFileSync(out, resultsOf({ measured, command, short, tookMs }));
  say(`written to ${out}`);
}
const failed = measured.filter(({ findings }) => findings.some(({ state }) => state === 'failed'));
const failures = failed.length === 0 ? 'none failed' : `failed: ${failed.map(({ row }) => row.name).join(', ')}`;
say(`${chosen.length} rows in ${Math.round(tookMs / 1_000)} s, ${failures}`);
await end(failed.length > 0 ? 1 : 0);
