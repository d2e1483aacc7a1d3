import { taskEither as TE } from 'fp-ts';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Exchange } from '../../../../src/adapters/http/exchange.js';
import { demandChallenge } from '../../../../src/adapters/http/limits/demand-challenge.js';
import { inMemoryRateLimiter } from '../../../../src/adapters/rate-limits/in-memory.js';

/** Asks from each of these addresses in turn; answers the difficulty of the challenge, null where none is demanded. */
const asking = (policy: 'SUSPICIOUS' | 'ALWAYS') => {
  let [address, asked] = ['', -1];
  const demand = demandChallenge({
    challenges: {
      ask: async (_, difficulty) => {
        asked = difficulty;
        return {};
      },
      isSolved: () => TE.right(false),
    },
    asked: inMemoryRateLimiter('asked', { requests: 1_000_000, seconds: 600 }),
    addressOf: () => address,
  });
  return async (from: string): Promise<number | null> => {
    address = from;
    const req = new IncomingMessage(new Socket());
    const refusal = await demand(new Exchange(req, new ServerResponse(req), 'r'), { what: 'coupon/c', policy });
    return refusal === null ? null : asked;
  };
};

test.each([
  ['of an IPv4 /24', (n: number) => `203.0.113.${n}`, '203.0.114.1'],
  ['of an IPv6 /56', (n: number) => `2001:db8:1:ab${n.toString(16).padStart(2, '0')}::/64`, '2001:db8:1:ac00::/64'],
])('all addresses %s count together, and those next to it do not', async (_, addressOf, next) => {
  const ask = asking('SUSPICIOUS');
  const answers: Array<number | null> = [];
  for (let n = 1; n <= 12; n += 1) answers.push(await ask(addressOf(n)));
  expect(answers).toEqual([...Array.from({ length: 10 }, () => null), 0, 0]);
  expect(await ask(next)).toBeNull();
});

test('the more a block asks, the harder its challenges', async () => {
  const ask = asking('ALWAYS');
  const answers: Array<number | null> = [];
  for (let n = 1; n <= 60; n += 1) answers.push(await ask(`203.0.113.${n}`));
  expect([answers[0], answers[19], answers[39], answers[59]]).toEqual([0, 1, 2, 3]);
  expect(await ask('198.51.100.1')).toBe(0);
});
