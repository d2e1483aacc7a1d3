import { number, timed, timesTable } from '../rush/report-rush.js';
import { type FlashSaleRehearsal } from './rehearse-flash-sale.js';

const MOST_FAULTS = 20;

const countedBy = <A>(items: ReadonlyArray<A>, keyOf: (item: A) => string): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
};

/** A rehearsal of a flash sale as data: what `--json` prints. Durations in milliseconds. */
export const flashSaleSummary = (rehearsal: FlashSaleRehearsal) => {
  const { id, crowd, answers, issued, settled, shelves, throughMs, settledMs, faults, verified } = rehearsal;
  return {
    verdict: rehearsal.passed ? 'PASS' : 'FAIL',
    id,
    joined: crowd.joined,
    visited: crowd.visited.length,
    left: crowd.left,
    vanished: crowd.vanished,
    retried: crowd.retried,
    answers: timed(answers).sort((one, other) => (one.answer < other.answer ? -1 : 1)),
    issued,
    orders: countedBy(settled, ({ status }) => status),
    fates: countedBy(settled, ({ order, status }) => `${order.shopper.fate}: ${status}`),
    shelves,
    throughMs: Math.round(throughMs),
    settledMs: Math.round(settledMs),
    faults: faults.slice(0, MOST_FAULTS),
    verified,
  };
};

/** The same for people. */
export const flashSaleReport = (rehearsal: FlashSaleRehearsal): string => {
  const summary = flashSaleSummary(rehearsal);
  const { visited, left, vanished, issued, orders, fates, shelves, throughMs, settledMs } = summary;
  const counted = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, count]) => `${name} ${number(count)}`)
      .join(', ');
  return [
    timesTable(summary.answers),
    `${number(visited)} let in, ${number(left)} left the line, ${number(vanished)} vanished; through after ` +
      `${number(throughMs)} ms, every order at its end after ${number(settledMs)} ms`,
    `${number(issued)} coupons issued`,
    `orders: ${counted(orders)}`,
    ...Object.entries(fates)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([fate, count]) => `  ${fate} ${number(count)}`),
    ...shelves.map(
      ({ productId, stock, onHand, held }) =>
        `${productId}: ${number(stock)} received, ${number(onHand)} on hand, ${number(held)} held`,
    ),
    ...summary.faults.map((fault) => `seen by the people: ${fault}`),
    ...summary.verified.flatMap(({ what, id, verdict, reasons }) => [
      `verify ${what} ${id}: ${verdict}`,
      ...reasons.map((reason) => `  ${reason}`),
    ]),
    summary.verdict,
  ].join('\n');
};
