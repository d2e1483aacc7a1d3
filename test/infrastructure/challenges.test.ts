import { either as E } from 'fp-ts';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { openIdempotencyKeys } from '../../src/adapters/embedded/idempotency/index.js';
import { inMemoryRateLimiter } from '../../src/adapters/rate-limits/in-memory.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { openChallenges } from '../../src/infrastructure/processes/challenges.js';
import { answerOf } from '../support/answer-of.js';
import { openedDirectory } from '../support/embedded.js';
import { stoppedClock } from '../support/stopped-clock.js';
import { tempDirs } from '../support/temp-dir.js';

const newDirectory = tempDirs();
const about = { what: 'coupon/spring', address: '203.0.113.1' };
const isChallenge = (asked: object): asked is Challenge => 'parameters' in asked && 'signature' in asked;
const solved = async (challenge: object): Promise<string> => {
  if (!isChallenge(challenge)) throw new Error('No challenge');
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
};

test('a solution used at one process is used up at all of them, also minutes later', async () => {
  const { root, close } = await openedDirectory(newDirectory());
  let now = Date.now();
  const keys = openIdempotencyKeys(root, { now: () => now });
  const config = loadConfig({ CHALLENGE_SECRET: 'the secret of all processes' });
  if (E.isLeft(config)) throw new Error(config.left.join());
  const process = () =>
    openChallenges({
      config: config.right,
      metrics: { gauge: () => undefined },
      keys,
      clock: stoppedClock(() => now),
      openRateLimiter: inMemoryRateLimiter,
    }).challenges;
  const response = await solved(await process().ask(about, 0));
  expect(await answerOf(process().isSolved(response, about))).toBe(true);
  expect(await answerOf(process().isSolved(response, about))).toBe(false);
  now += 120_000;
  expect(await answerOf(process().isSolved(response, about))).toBe(false);
  await keys.close();
  await close();
});
