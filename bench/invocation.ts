import { parseArgs } from 'node:util';
import { type Row } from './harness/row.js';

/** What one run of the bench shall do. */
export interface Invocation {
  readonly short: boolean;
  readonly engines: boolean;
  readonly chosen: ReadonlyArray<Row>;
  /** Where the results are written; null for nowhere. */
  readonly out: string | null;
  /** To be typed again. */
  readonly command: string;
}

const usageOf = (
  rows: ReadonlyArray<Row>,
): string => `npm run bench -- [--engines] [--short] [--only NAMES] [--out FILE]
  --engines  on real Kafka, Redis and the EventStoreDB stand-in beside the embedded engines, instead of beside what we
             compare with (needs a JDK, the Kafka artifacts and redis-server); EVENTSTORE_URL names a server in place of
             the stand-in, whose streams of the run are deleted at its end
  --short    small numbers, to see that every row can be measured; nothing is judged
  --only     some of ${rows.map(({ name }) => name).join(',')}
  --out      where the results are written. Else only a whole run writes them: to bench/results.md, with --engines to
             bench/results-engines.md

It ends with 1 if a row could not be measured; a figure that misses its target is no failure.`;

/** Reads the command line; a text is what to print instead of running. */
export const invocation = (args: ReadonlyArray<string>, rows: ReadonlyArray<Row>): Invocation | string => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        engines: { type: 'boolean', default: false },
        short: { type: 'boolean', default: false },
        only: { type: 'string' },
        out: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const { short, engines, only, out } = values;
    const names = only?.split(',');
    const unknown = names?.filter((named) => !rows.some(({ name }) => name === named)) ?? [];
    if (values.help) return usageOf(rows);
    if (unknown.length > 0) return `There is no row ${unknown.join(', ')}.\n\n${usageOf(rows)}`;
    const chosen = rows.filter((row) => names?.includes(row.name) ?? (!engines || row.onEngines === true));
    const isWhole = !short && only === undefined;
    const usual = engines ? 'bench/results-engines.md' : 'bench/results.md';
    return {
      short,
      engines,
      chosen,
      out: out ?? (isWhole ? usual : null),
      command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${usageOf(rows)}`;
  }
};
