import { inMemoryRateLimiter } from '../../../src/adapters/rate-limits/in-memory.js';
import { sharedRateLimiter } from '../../../src/adapters/rate-limits/shared.js';
import { rateLimiterContract } from '../../contracts/rate-limiter.contract.js';

rateLimiterContract('In memory', () => ({ open: inMemoryRateLimiter }));

const away = (): Promise<never> => Promise.reject(new Error('Redis does not answer'));
rateLimiterContract('Of a server that is away', () => ({ open: sharedRateLimiter(away) }));

test('whoever is over the quota is refused without asking the server again', async () => {
  let asked = 0;
  const full = async (): Promise<unknown> => [(asked += 1), 60_000];
  const limiter = sharedRateLimiter(full)('address', { requests: 3, seconds: 60 });
  for (let n = 0; n < 1_000; n += 1) await limiter.spend('bot');
  expect(asked).toBe(4);
});

test('when the server is back it counts for all again', async () => {
  let isAway = true;
  const flaky = () => (isAway ? away() : Promise.resolve([9, 60_000]));
  const limiter = sharedRateLimiter(flaky)('address', { requests: 3, seconds: 60 });
  expect(await limiter.spend('ana')).toMatchObject({ isWithin: true });
  isAway = false;
  expect(await limiter.spend('ana')).toMatchObject({ isWithin: false });
});
