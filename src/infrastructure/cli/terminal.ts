import { Presets, SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { type Check } from '../../application/kernel/audit/audit.js';

/** The checks of a verdict, a line each, those that failed marked. */
export const shownChecks = (checks: ReadonlyArray<Check>): ReadonlyArray<string> =>
  checks.map(({ name, ok, detail }) => `  ${ok ? '✓' : '✗'} ${name}: ${detail}`);

/** Where a command's answer goes: JSON for programs, text and tables for people. */
export interface Terminal {
  readonly json: boolean;
  /** Prints `answer` as JSON, or what `text` makes of it. */
  readonly print: (answer: unknown, text: () => string) => void;
  /** A bar on stderr, if somebody is looking; call it with what is done, of how much. */
  readonly progress: (label: string) => { readonly at: (done: number, of: number) => void; readonly end: () => void };
}

const silent = { at: () => undefined, end: () => undefined };

export const createTerminal = (json: boolean): Terminal => ({
  json,
  print: (answer, text) => void process.stdout.write(`${json ? JSON.stringify(answer, null, 2) : text()}\n`),
  progress: (label) => {
    if (json || !process.stderr.isTTY) return silent;
    const format = `${label} {bar} {percentage}% | {value}/{total} | {duration_formatted}`;
    const bar = new SingleBar(
      { format, stream: process.stderr, clearOnComplete: true, hideCursor: true },
      Presets.shades_classic,
    );
    let started = false;
    return {
      at: (done, of) => {
        if (!started) bar.start(of, done);
        started = true;
        bar.setTotal(of);
        bar.update(done);
      },
      end: () => bar.stop(),
    };
  },
});

/** A table with a head, right-aligned where a column holds numbers. */
export const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string | number>>): string => {
  const numeric = (column: number): boolean => rows.length > 0 && rows.every((row) => typeof row[column] === 'number');
  const aligned = new Table({
    head: [...head],
    colAligns: head.map((_, column) => (numeric(column) ? 'right' : 'left')),
    style: { head: [], border: [] },
  });
  aligned.push(...rows.map((row) => row.map(String)));
  return aligned.toString();
};
