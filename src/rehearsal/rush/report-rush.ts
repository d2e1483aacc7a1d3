import Table from 'cli-table3';
import { type Histogram } from 'hdr-histogram-js';
import { type Rehearsal } from './rehearse-rush.js';

export interface Latencies {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Milliseconds, from a histogram of microseconds. */
export const latencies = (histogram: Histogram): Latencies => ({
  p50: histogram.getValueAtPercentile(50) / 1_000,
  p90: histogram.getValueAtPercentile(90) / 1_000,
  p99: histogram.getValueAtPercentile(99) / 1_000,
  max: histogram.maxValue / 1_000,
});

interface Timed extends Latencies {
  readonly answer: string;
  readonly count: number;
}

/** How often each answer came, and how long it took. */
export const timed = (answers: Iterable<readonly [string, Histogram]>): Timed[] =>
  Array.from(answers, ([answer, histogram]) => ({ answer, count: histogram.totalCount, ...latencies(histogram) }));

/** The same as a table, for people. */
export const timesTable = (rows: ReadonlyArray<Timed>): string => {
  const table = new Table({
    head: ['', 'count', 'p50', 'p90', 'p99', 'max'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  table.push(
    ...rows.map(({ answer, count, p50, p90, p99, max }) => [answer, number(count), ...[p50, p90, p99, max].map(shown)]),
  );
  return table.toString();
};

/** A rehearsal as data: what `--json` prints. Durations in milliseconds, rates per second. */
export const rehearsalSummary = ({ couponId, asked, rush, issued, faults, verify, passed }: Rehearsal) => {
  const accepted = rush.finals.size;
  return {
    verdict: passed ? 'PASS' : 'FAIL',
    couponId,
    asked,
    accepted,
    issued,
    answers: timed(rush.answers).sort((one, other) => other.count - one.count),
    waited: latencies(rush.waited),
    decided: latencies(rush.decided),
    answeredPerSecond: Math.round(asked / (rush.answeredMs / 1_000)),
    acceptedPerSecond: Math.round(accepted / (rush.answeredMs / 1_000)),
    answeredMs: Math.round(rush.answeredMs),
    finalMs: Math.round(rush.finalMs),
    faults,
    verify,
  };
};

const shown = (ms: number): string => `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
export const number = (value: number): string => value.toLocaleString('en-US');

export const rehearsalReport = (rehearsal: Rehearsal): string => {
  const summary = rehearsalSummary(rehearsal);
  const { acceptedPerSecond, answeredPerSecond, answeredMs, finalMs, verify } = summary;
  return [
    timesTable([
      ...summary.answers,
      { answer: 'from the opening to an answer', count: summary.asked, ...summary.waited },
      { answer: 'from 202 to the final result', count: summary.accepted, ...summary.decided },
    ]),
    `${number(answeredPerSecond)} answers/s, ${number(acceptedPerSecond)} accepted/s; ` +
      `everyone answered after ${number(answeredMs)} ms, every accepted request final after ${number(finalMs)} ms`,
    `${number(summary.issued)} issued`,
    ...summary.faults.map((fault) => `seen by the people: ${fault}`),
    `verify coupon ${summary.couponId}: ${verify.verdict}`,
    ...verify.reasons.map((reason) => `  ${reason}`),
    summary.verdict,
  ].join('\n');
};
