import Table from 'cli-table3';
import { latencies, number } from '../rush/report-rush.js';
import { type BotRehearsal, type BotSale } from './bot-sale.js';
import { type Tally } from './tally.js';

const tally = ({ addresses, tries, won, replays, replaysAccepted, answers, waited, served }: Tally) => ({
  addresses,
  tries,
  won,
  replays,
  replaysAccepted,
  answers: Object.fromEntries(answers),
  ...(waited.totalCount > 0 && { waited: latencies(waited), served: latencies(served) }),
});

/** A rehearsal as data: what `--json` prints. Durations in milliseconds. */
export const botsSummary = ({ quantity, share, sales, faults, passed }: BotRehearsal) => ({
  verdict: passed ? 'PASS' : 'FAIL',
  quantity,
  share,
  sales: sales.map(({ name, couponId, people, bots, issued, verify }) => ({
    name,
    couponId,
    people: tally(people),
    bots: tally(bots),
    issued,
    verify,
  })),
  faults,
});

const ms = (value: number): string => `${value.toFixed(0)} ms`;

const row = (label: string, { addresses, tries, won, waited, served }: Tally, quantity: number) => {
  const told = waited.totalCount > 0;
  const [all, server] = [latencies(waited), latencies(served)];
  const share = `${((won / quantity) * 100).toFixed(1)} %`;
  const times = told ? [ms(all.p50), ms(all.p99), ms(server.p99)] : ['', '', ''];
  return [label, number(addresses), number(tries), number(won), share, ...times];
};

const rowsOf = ({ name, people, bots }: BotSale, quantity: number) =>
  name === 'people alone'
    ? [row('people alone, challenge', people, quantity)]
    : [
        row(name === 'bots' ? 'people, challenge' : 'people, no challenge', people, quantity),
        row(name === 'bots' ? 'bots, challenge' : 'bots, no challenge', bots, quantity),
      ];

/** The same for people. */
export const botsReport = ({ quantity, share, sales, faults, passed }: BotRehearsal): string => {
  const table = new Table({
    head: ['', 'addresses', 'tries', 'won', 'of all', 'waited p50', 'waited p99', 'server p99'],
    colAligns: ['left', ...Array.from({ length: 7 }, () => 'right' as const)],
    style: { head: [], border: [] },
  });
  table.push(...sales.flatMap((sale) => rowsOf(sale, quantity)));
  const replays = sales.reduce((sum, { bots }) => sum + bots.replays, 0);
  return [
    table.toString(),
    `the bots' share of the addresses: ${number(share)} of ${number(quantity)}; ${number(replays)} used solutions were sent again`,
    ...sales.map(({ couponId, verify }) => `verify coupon ${couponId}: ${verify.verdict}`),
    ...faults,
    passed ? 'PASS' : 'FAIL',
  ].join('\n');
};
