import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { solveAltcha } from '../../../packages/client/src/solve-altcha.js';
import { answerOf } from '../../support/answer-of.js';
import { altchaChallenges } from '../../../src/adapters/altcha/altcha-challenges.js';

const about = { what: 'product/console', address: '203.0.113.1' };

const world = (secret = 'a secret of the shop') => {
  let now = Date.now();
  const used = new Set<string>();
  const isFirst = async (name: string): Promise<boolean> => used.size < used.add(name).size;
  const challenges = altchaChallenges({ secret, isFirst, clock: { now: () => now }, work: 16_384 });
  const isSolved = (response: string, to: typeof about) => answerOf(challenges.isSolved(response, to));
  return { ask: challenges.ask, isSolved, later: (ms: number) => (now += ms) };
};
const isChallenge = (asked: object): asked is Challenge => 'parameters' in asked && 'signature' in asked;
const solved = async (
  challenge: object,
  change: (challenge: Challenge) => Challenge = (same) => same,
): Promise<string> => {
  if (!isChallenge(challenge)) throw new Error('No challenge');
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge: change(challenge), solution })).toString('base64');
};

describe('a challenge of ALTCHA', () => {
  it('is solved by work, and each solution counts once', async () => {
    const { ask, isSolved } = world();
    const response = await solved(await ask(about, 0));
    expect(await isSolved(response, about)).toBe(true);
    expect(await isSolved(response, about)).toBe(false);
  });

  it.each([
    ['for something else', { ...about, what: 'product/other' }],
    ['from another address', { ...about, address: '203.0.113.2' }],
  ])('is good for nothing %s', async (_, other) => {
    const { ask, isSolved } = world();
    const response = await solved(await ask(about, 0));
    expect(await isSolved(response, other)).toBe(false);
    expect(await isSolved(response, about)).toBe(true);
  });

  it('is solved by the client of a page as well', async () => {
    const { ask, isSolved } = world();
    const solution = await solveAltcha(await ask(about, 0), new AbortController().signal);
    expect(await isSolved(solution ?? '', about)).toBe(true);
  });

  it('runs out', async () => {
    const { ask, isSolved, later } = world();
    const response = await solved(await ask(about, 0));
    later(6 * 60_000);
    expect(await isSolved(response, about)).toBe(false);
  });

  it('cannot be made easier, or up', async () => {
    const { ask, isSolved } = world();
    const cheaper = (challenge: Challenge): Challenge => ({
      ...challenge,
      parameters: { ...challenge.parameters, cost: 1 },
    });
    expect(await isSolved(await solved(await ask(about, 1), cheaper), about)).toBe(false);
    expect(await isSolved(await solved(await world('of somebody else').ask(about, 0)), about)).toBe(false);
    for (const nonsense of ['', 'x', 'e30=', 'x'.repeat(10_000)]) expect(await isSolved(nonsense, about)).toBe(false);
  });

  it('costs twice as much with each step, up to a bound, and no more than 16 hashes to check', async () => {
    const { ask } = world();
    const terms = await Promise.all(
      [0, 1, 2, 10, 99].map(async (step) => {
        const challenge = await ask(about, step);
        if (!isChallenge(challenge)) throw new Error('No challenge');
        const { keyPrefix, cost } = challenge.parameters;
        return [keyPrefix, cost, 16 ** keyPrefix.length * cost];
      }),
    );
    expect(terms).toEqual([
      ['000', 4, 16_384],
      ['000', 8, 32_768],
      ['0000', 1, 65_536],
      ['000000', 1, 16_777_216],
      ['000000', 1, 16_777_216],
    ]);
  });
});
