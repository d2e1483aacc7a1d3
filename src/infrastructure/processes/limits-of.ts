import { type HttpServerOptions } from '../../adapters/http/options.js';
import { type OpenRateLimiter, type Quota } from '../../application/ports/rate-limiter.js';
import { type Config } from '../config/load-config.js';

/** From the same address: ten in a minute, then the rest of that minute; sixty in an hour, then the rest of that hour. */
const WRONG_CREDENTIALS: ReadonlyArray<Quota> = [
  { requests: 10, seconds: 60 },
  { requests: 60, seconds: 3_600 },
];

/** From an address that waits: so many tokens that nobody knows yet are verified, for others behind it may have good ones. */
const UNKNOWN_TOKENS: Quota = { requests: 30, seconds: 10 };

/** Used with authentication if the configuration sets none. */
const BY_DEFAULT: Readonly<Record<'user' | 'address', Quota>> = {
  user: { requests: 30, seconds: 10 },
  address: { requests: 300, seconds: 10 },
};

/** How fast people may ask, as the configuration says. Without authentication only this machine asks, as fast as it can. */
export const limitsOf = (
  { AUTH, RATE_LIMIT_USER, RATE_LIMIT_ADDRESS }: Pick<Config, 'AUTH' | 'RATE_LIMIT_USER' | 'RATE_LIMIT_ADDRESS'>,
  open: OpenRateLimiter,
): Pick<HttpServerOptions, 'rateLimits' | 'wrongCredentials'> => {
  const limiter = (name: 'user' | 'address', said: Quota | null | undefined) => {
    const quota = said === undefined && AUTH === 'jwt' ? BY_DEFAULT[name] : said;
    return quota === null || quota === undefined ? null : open(name, quota);
  };
  return {
    rateLimits: { user: limiter('user', RATE_LIMIT_USER), address: limiter('address', RATE_LIMIT_ADDRESS) },
    wrongCredentials: {
      refused: WRONG_CREDENTIALS.map((quota) => open(`credentials-${quota.seconds}`, quota)),
      unknownTokens: open('unknown-tokens', UNKNOWN_TOKENS),
    },
  };
};
