import { either as E, taskEither as TE } from 'fp-ts';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { openIdempotencyKeys } from '../../src/adapters/embedded/idempotency/open-idempotency-keys.js';
import { inMemoryRateLimiter } from '../../src/adapters/rate-limits/in-memory.js';
import { type IdempotencyKeys } from '../../src/application/ports/idempotency.js';
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

const configured = (variables: Readonly<Record<string, string>>) => {
  const config = loadConfig(variables);
  if (E.isLeft(config)) throw new Error(config.left.join());
  return config.right;
};
const away: Pick<IdempotencyKeys, 'begin' | 'answer'> = {
  begin: () => TE.left('IdempotencyUnavailable'),
  answer: () => TE.left('IdempotencyUnavailable'),
};
/** What one process makes of these variables, and what it warns of. Nothing is shared with another one but them. */
const alone = (variables: Readonly<Record<string, string>>) => {
  const warned: string[] = [];
  const { challenges } = openChallenges({
    config: configured(variables),
    metrics: { gauge: () => undefined },
    log: { warn: (_, message) => void warned.push(message) },
    keys: away,
    clock: stoppedClock(() => Date.now()),
    openRateLimiter: inMemoryRateLimiter,
  });
  return { challenges, warned };
};

test('what one process asks another may be answered, where both have the secret of the signing keys', async () => {
  const [one, other] = [
    alone({ KEYS_SECRET: 'the secret of the keys of all processes' }),
    alone({ KEYS_SECRET: 'the secret of the keys of all processes' }),
  ];
  expect(await answerOf(other.challenges.isSolved(await solved(await one.challenges.ask(about, 0)), about))).toBe(true);
  const elsewhere = alone({ KEYS_SECRET: 'the secret of the keys of another shop' });
  const response = await solved(await elsewhere.challenges.ask(about, 0));
  expect(await answerOf(other.challenges.isSolved(response, about))).toBe(false);
  expect([one.warned, other.warned]).toEqual([[], []]);
});

test('a process that may have others beside it, and shares no secret with them, warns at its start', () => {
  expect(alone({ REDIS_URL: 'redis://127.0.0.1:9' }).warned).toEqual([expect.stringContaining('CHALLENGE_SECRET')]);
  expect(alone({ REDIS_URL: 'redis://127.0.0.1:9', CHALLENGE_SECRET: 'of all processes' }).warned).toEqual([]);
  expect(alone({}).warned).toEqual([]);
});

test('while the store of used solutions is away, each process remembers its own', async () => {
  const { challenges } = alone({ CHALLENGE_SECRET: 'the secret of all processes' });
  const response = await solved(await challenges.ask(about, 0));
  expect(await answerOf(challenges.isSolved(response, about))).toBe(true);
  expect(await answerOf(challenges.isSolved(response, about))).toBe(false);
});

test('a solution used at one process is used up at all of them, also minutes later', async () => {
  const { root, close } = await openedDirectory(newDirectory());
  let now = Date.now();
  const keys = openIdempotencyKeys(root, { now: () => now });
  const config = configured({ CHALLENGE_SECRET: 'the secret of all processes' });
  const process = () =>
    openChallenges({
      config,
      metrics: { gauge: () => undefined },
      log: { warn: () => undefined },
      keys,
      clock: stoppedClock(() => now),
      openRateLimiter: inMemoryRateLimiter,
    }).challenges;
  const response = await solved(await process().ask(about, 0));
  expect(await answerOf(process().isSolved(response, about))).toBe(true);
  expect(await answerOf(process().isSolved(response, about))).toBe(false);
  now += 120_000;
  expect(await answerOf(process().isSolved(response, about))).toBe(false);
  await close();
});
