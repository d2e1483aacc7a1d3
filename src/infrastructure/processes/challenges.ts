import { either as E } from 'fp-ts';
import { randomBytes } from 'node:crypto';
import { altchaChallenges } from '../../adapters/altcha/altcha-challenges.js';
import { withChallengeBreaker } from '../../adapters/breaker/guarded-challenges.js';
import { type HttpServerOptions } from '../../adapters/http/options.js';
import { turnstileChallenges } from '../../adapters/turnstile/turnstile-challenges.js';
import { recentlyUsed } from '../../application/kernel/recently-used.js';
import { type Challenges } from '../../application/ports/challenges.js';
import { type IdempotencyKeys } from '../../application/ports/idempotency.js';
import { type Clock } from '../../application/ports/clock.js';
import { type Log } from '../../application/ports/log.js';
import { type Metrics } from '../../application/ports/metrics.js';
import { type OpenRateLimiter } from '../../application/ports/rate-limiter.js';
import { type Config } from '../config/load-config.js';
import { challengeSecretOf } from '../engines/shared-secrets.js';
import { measuredBreaker } from '../metrics/measured.js';

export interface ChallengesPorts {
  readonly config: Config;
  readonly keys: Pick<IdempotencyKeys, 'begin' | 'answer'>;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'gauge'>;
  readonly log: Pick<Log, 'warn'>;
  readonly openRateLimiter: OpenRateLimiter;
}

export interface OpenedChallenges extends Required<Pick<HttpServerOptions, 'challenges' | 'askedLately'>> {
  readonly close: () => void;
}

const REMEMBERED = 100_000;
/** Never reached: it is the count that is wanted. */
const ASKED = { requests: 1_000_000, seconds: 600 };

/** Whether a name is used for the first time. While the shared store is away, each process remembers its own. */
const firstUse = ({ keys, clock }: ChallengesPorts): ((name: string) => Promise<boolean>) => {
  const here = recentlyUsed<string, true>(REMEMBERED);
  return async (name) => {
    if (here.has(name)) return false;
    here.set(name, true);
    const begun = await keys.begin(name, name, clock.now())();
    if (E.isLeft(begun)) return true;
    // Without a kept answer the name would be free again after a minute. Not waited for.
    if (begun.right.begun === 'First') void keys.answer(name, { status: 204, headers: {}, body: '' })();
    return begun.right.begun === 'First';
  };
};

const secretOf = ({ config, log }: ChallengesPorts): string => {
  const shared = challengeSecretOf(config);
  if (shared !== null) return shared;
  if (config.REDIS_URL !== undefined)
    log.warn(
      {},
      'Challenges of this process count only here, until it ends: give all api processes the same CHALLENGE_SECRET or KEYS_SECRET',
    );
  return randomBytes(32).toString('base64url');
};

/** The challenges that the configuration names, and how often each address block asked recently. */
export const openChallenges = (ports: ChallengesPorts): OpenedChallenges => {
  const { config, clock, metrics, openRateLimiter } = ports;
  const isFirst = firstUse(ports);
  const askedLately = openRateLimiter('challenge', ASKED);
  const byWork = (): Challenges =>
    altchaChallenges({ secret: secretOf(ports), isFirst, clock, work: config.CHALLENGE_WORK });
  const { TURNSTILE_SITE_KEY: siteKey = '', TURNSTILE_SECRET: secret = '' } = config;
  switch (config.CHALLENGE_PROVIDER) {
    case 'altcha':
      return { challenges: byWork(), askedLately, close: () => undefined };
    case 'turnstile': {
      const { TURNSTILE_URL: url, TURNSTILE_TIMEOUT_MS: timeoutMs } = config;
      const provider = turnstileChallenges({ siteKey, secret, url, timeoutMs, isFirst });
      const guarded = withChallengeBreaker(provider, measuredBreaker(metrics, 'challenge_provider_breaker'));
      return { challenges: guarded, askedLately, close: guarded.close };
    }
  }
};
