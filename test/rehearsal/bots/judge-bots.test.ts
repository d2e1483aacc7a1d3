import { judgeBots } from '../../../src/rehearsal/bots/judge-bots.js';
import { type BotSale } from '../../../src/rehearsal/bots/bot-sale.js';
import { counting, type Tally } from '../../../src/rehearsal/bots/tally.js';

interface Seen {
  readonly won: number;
  readonly waitedMs?: number;
  readonly replays?: number;
  readonly replaysAccepted?: number;
}

const saw = ({ won, waitedMs, replays = 0, replaysAccepted = 0 }: Seen): Tally => {
  const count = counting(waitedMs === undefined ? 200 : 1);
  for (let n = 0; n < won - replaysAccepted; n += 1) count.answered('202 ACCEPTED');
  for (let n = 0; n < replaysAccepted; n += 1) count.answered('202 ACCEPTED', true);
  for (let n = replaysAccepted; n < replays; n += 1) count.answered('403 CHALLENGE_REQUIRED', true);
  if (waitedMs !== undefined) count.ended(waitedMs, 1);
  return count;
};
const sale = (name: BotSale['name'], people: Seen, bots: Seen): BotSale => ({
  name,
  couponId: name,
  people: saw({ waitedMs: 1_000, ...people }),
  bots: saw(bots),
  issued: people.won + bots.won,
  verify: { verdict: 'PASS', reasons: [] },
});
const open = sale('bots, no challenge', { won: 0 }, { won: 1_000 });
const alone = sale('people alone', { won: 1_000 }, { won: 0 });
const judged = (attacked: BotSale) => judgeBots({ quantity: 1_000, share: 90, sales: [open, alone, attacked] });

test('bots that win their share, and people who wait as long as without them, are well', () => {
  expect(judged(sale('bots', { won: 910 }, { won: 90, replays: 5 }))).toEqual([]);
});

test.each([
  [
    'bots that win more than their share',
    sale('bots', { won: 900 }, { won: 100, replays: 5 }),
    'bots won 100, and their share of the addresses is 90',
  ],
  [
    'people who wait longer because of bots',
    sale('bots', { won: 950, waitedMs: 1_300 }, { won: 50, replays: 5 }),
    'people waited 1.30 times as long because of bots',
  ],
  [
    'a solution that counts twice',
    sale('bots', { won: 950 }, { won: 50, replays: 5, replaysAccepted: 1 }),
    '1 solutions counted twice',
  ],
  [
    'coupons that nobody got',
    sale('bots', { won: 900 }, { won: 50, replays: 5 }),
    'bots: 950 of 1000 coupons were won',
  ],
])('%s are a fault', (_, attacked, fault) => {
  expect(judged(attacked)).toEqual([fault]);
});

test('what else the machine does makes people wait in one round; bots, in every one', () => {
  const slow = sale('bots', { won: 950, waitedMs: 1_300 }, { won: 50, replays: 5 });
  const quick = sale('bots', { won: 950, waitedMs: 1_100 }, { won: 50, replays: 5 });
  const judge = (...attacks: ReadonlyArray<BotSale>) =>
    judgeBots({ quantity: 1_000, share: 90, sales: [open, ...attacks.flatMap((attacked) => [alone, attacked])] });
  expect(judge(slow, quick)).toEqual([]);
  expect(judge(slow, slow)).toEqual(['people waited 1.30, 1.30 times as long because of bots']);
  expect(judge(slow, sale('bots', { won: 900 }, { won: 100, replays: 5 }))).toEqual([
    'bots won 100, and their share of the addresses is 90',
  ]);
});

test('a rehearsal without its attack, or without people alone, proves nothing', () => {
  const attacked = sale('bots', { won: 950 }, { won: 50, replays: 5 });
  for (const sales of [[open], [open, alone], [open, attacked]])
    expect(judgeBots({ quantity: 1_000, share: 90, sales })).toEqual(['a sale was not played']);
});

test('a failure that somebody was answered is a fault; that they were told to come again is none', () => {
  const attacked = sale('bots', { won: 910 }, { won: 90, replays: 5 });
  const failed = counting(0);
  failed.answered('500 INTERNAL');
  failed.answered('503 OVERLOADED');
  const told = new Map([...attacked.people.answers, ...failed.answers]);
  const seen = { ...attacked, people: { ...attacked.people, answers: told } };
  expect(judged(seen)).toEqual(['bots: answered with 500 INTERNAL']);
});
