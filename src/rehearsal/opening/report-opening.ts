import { type OpeningRehearsal } from './rehearse-opening.js';
import { latencies, number, timed, timesTable } from '../rush/report-rush.js';

/** A rehearsal of an opening as data: what `--json` prints. Durations in milliseconds. */
export const openingSummary = (rehearsal: OpeningRehearsal) => {
  const { id, crowd, lateMs, tooEarly, heard, answers, issued, throughMs, faults } = rehearsal;
  return {
    verdict: rehearsal.passed ? 'PASS' : 'FAIL',
    id,
    joined: crowd.joined,
    visited: crowd.visited.length,
    retried: crowd.retried,
    tooEarly,
    lateMs,
    heard: { count: heard.totalCount, ...latencies(heard) },
    answers: timed(answers).sort((one, other) => other.count - one.count),
    issued,
    throughMs,
    faults,
    verifySchedule: rehearsal.verifySchedule,
    verifyCoupon: rehearsal.verifyCoupon,
  };
};

/** The same for people. */
export const openingReport = (rehearsal: OpeningRehearsal): string => {
  const summary = openingSummary(rehearsal);
  const { id, heard, lateMs, tooEarly, throughMs, visited, verifySchedule, verifyCoupon } = summary;
  return [
    timesTable([{ answer: 'from the opening to hearing of it', ...heard }, ...summary.answers]),
    `opened ${number(lateMs)} ms after its time; ${number(tooEarly)} were in before, and waited`,
    `${number(visited)} let in, in ${number(throughMs)} ms from the opening: ` +
      `${number(Math.round(visited / (throughMs / 1_000)))} a second; ${number(summary.issued)} issued`,
    ...summary.faults.map((fault) => `seen by the people: ${fault}`),
    `verify schedule ${id}: ${verifySchedule.verdict}`,
    ...verifySchedule.reasons.map((reason) => `  ${reason}`),
    `verify coupon ${id}: ${verifyCoupon.verdict}`,
    ...verifyCoupon.reasons.map((reason) => `  ${reason}`),
    summary.verdict,
  ].join('\n');
};
