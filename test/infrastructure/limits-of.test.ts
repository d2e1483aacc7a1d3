import { inMemoryRateLimiter } from '../../src/adapters/rate-limits/in-memory.js';
import { limitsOf } from '../../src/infrastructure/processes/api.js';

const quotas = (config: Parameters<typeof limitsOf>[0]) => {
  const { rateLimits } = limitsOf(config, inMemoryRateLimiter);
  return [rateLimits?.user?.quota ?? 'off', rateLimits?.address?.quota ?? 'off'];
};
const slow = { requests: 1, seconds: 60 };
const unset = { RATE_LIMIT_USER: undefined, RATE_LIMIT_ADDRESS: undefined };

test.each([
  [
    'with authentication, by default',
    { AUTH: 'jwt', ...unset },
    { requests: 30, seconds: 10 },
    { requests: 300, seconds: 10 },
  ],
  ['with authentication, as set', { AUTH: 'jwt', RATE_LIMIT_USER: slow, RATE_LIMIT_ADDRESS: null }, slow, 'off'],
  ['without authentication, by default', { AUTH: 'off', ...unset }, 'off', 'off'],
  ['without authentication, as set', { AUTH: 'off', ...unset, RATE_LIMIT_ADDRESS: slow }, 'off', slow],
] as const)('how fast one may ask %s', (_, config, user, address) => {
  expect(quotas(config)).toEqual([user, address]);
});
