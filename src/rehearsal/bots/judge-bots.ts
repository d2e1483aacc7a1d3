import { type BotRehearsal, type BotSale } from './bot-sale.js';

/** How much longer people may wait because of bots. */
const MOST_LONGER = 1.2;

const ofSale = ({ name, people, bots, issued, verify }: BotSale, quantity: number): ReadonlyArray<string> => [
  ...(people.won + bots.won === quantity ? [] : [`${name}: ${people.won + bots.won} of ${quantity} coupons were won`]),
  ...(issued === people.won + bots.won ? [] : [`${name}: ${issued} issued, ${people.won + bots.won} accepted`]),
  ...(people.waited.totalCount === people.addresses ? [] : [`${name}: somebody has no answer`]),
  ...(verify.verdict === 'PASS' ? [] : [`${name}: verify says ${verify.verdict}`]),
];

/** What is wrong: a sale that is not fair, bots that win more than their share, people who wait longer because of them, a solution that counts twice. */
export const judgeBots = ({
  quantity,
  share,
  sales,
}: Pick<BotRehearsal, 'quantity' | 'share' | 'sales'>): ReadonlyArray<string> => {
  const faults = sales.flatMap((sale) => ofSale(sale, quantity));
  const named = (name: BotSale['name']): BotSale | undefined => sales.find((sale) => sale.name === name);
  const [alone, attacked] = [named('people alone'), named('bots')];
  if (alone === undefined || attacked === undefined) return [...faults, 'a sale was not played'];
  const [calm, busy] = [alone.people.waited, attacked.people.waited].map((waited) => waited.getValueAtPercentile(99));
  const { bots } = attacked;
  return [
    ...faults,
    ...(bots.won > share ? [`bots won ${bots.won}, and their share of the addresses is ${share}`] : []),
    ...((busy ?? 0) > (calm ?? 0) * MOST_LONGER
      ? [`people waited more than ${MOST_LONGER} times as long because of bots`]
      : []),
    ...(bots.replays === 0 ? ['no used solution was sent again'] : []),
    ...(bots.replaysAccepted > 0 ? [`${bots.replaysAccepted} solutions counted twice`] : []),
  ];
};
