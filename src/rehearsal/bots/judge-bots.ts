import { wrongAnswers } from '../judge.js';
import { type BotRehearsal, type BotSale } from './bot-sale.js';

/** How many times as long people may wait because of bots. */
const MOST_LONGER = 1.2;

/** A flood may be told to come again. */
const answersOf = ({ people, bots }: BotSale): ReadonlyArray<string> =>
  [...people.answers.keys(), ...bots.answers.keys()].filter((answer) => !answer.startsWith('503 '));

const ofSale = (sale: BotSale, quantity: number): ReadonlyArray<string> => {
  const { name, people, bots, issued, verify } = sale;
  return [
    ...new Set(wrongAnswers(answersOf(sale)).map((fault) => `${name}: ${fault}`)),
    ...(people.won + bots.won === quantity
      ? []
      : [`${name}: ${people.won + bots.won} of ${quantity} coupons were won`]),
    ...(issued === people.won + bots.won ? [] : [`${name}: ${issued} issued, ${people.won + bots.won} accepted`]),
    ...(people.waited.totalCount === people.addresses ? [] : [`${name}: somebody has no answer`]),
    ...(verify.verdict === 'PASS' ? [] : [`${name}: verify says ${verify.verdict}`]),
  ];
};

const p99Of = ({ people }: BotSale): number => people.waited.getValueAtPercentile(99);

/** How many times as long people waited because of bots, p99, in each round. */
const growthOf = (sales: BotRehearsal['sales']): ReadonlyArray<number> => {
  const named = (name: BotSale['name']): ReadonlyArray<number> => sales.filter((sale) => sale.name === name).map(p99Of);
  const alone = named('people alone');
  return named('bots').map((busy, round) => busy / (alone[round] ?? NaN));
};

/** Whatever else this machine does makes people wait in one sale and not in the other; bots make them wait in every round. */
export const waitedTooLong = (sales: BotRehearsal['sales']): boolean =>
  growthOf(sales).every((growth) => growth > MOST_LONGER);

const ofAttack = ({ bots }: BotSale, share: number): ReadonlyArray<string> => [
  ...(bots.won > share ? [`bots won ${bots.won}, and their share of the addresses is ${share}`] : []),
  ...(bots.replays === 0 ? ['no used solution was sent again'] : []),
  ...(bots.replaysAccepted > 0 ? [`${bots.replaysAccepted} solutions counted twice`] : []),
];

/** What is wrong: a sale that is not fair, bots that win more than their share, people who wait longer because of them, a solution that counts twice. */
export const judgeBots = ({
  quantity,
  share,
  sales,
}: Pick<BotRehearsal, 'quantity' | 'share' | 'sales'>): ReadonlyArray<string> => {
  const faults = sales.flatMap((sale) => ofSale(sale, quantity));
  const attacked = sales.filter(({ name }) => name === 'bots');
  const growth = growthOf(sales);
  if (growth.length === 0 || growth.some(Number.isNaN)) return [...faults, 'a sale was not played'];
  return [
    ...faults,
    ...attacked.flatMap((sale) => ofAttack(sale, share)),
    ...(waitedTooLong(sales)
      ? [`people waited ${growth.map((times) => times.toFixed(2)).join(', ')} times as long because of bots`]
      : []),
  ];
};
