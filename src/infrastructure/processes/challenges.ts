import { either as E } from 'fp-ts';
import { LRUCache } from 'lru-cache';
import { randomBytes } from 'node:crypto';
import { altchaChallenges } from '../../adapters/altcha/altcha-challenges.js';
import { type HttpServerOptions } from '../../adapters/http/options.js';
import { type Clock } from '../../application/ports/clock.js';
import { type IdempotencyKeys } from '../../application/ports/idempotency.js';
import { type OpenRateLimiter } from '../../application/ports/rate-limiter.js';
import { type Config } from '../config/load-config.js';

export interface ChallengesPorts {
  readonly config: Pick<Config, 'CHALLENGE_SECRET'>;
  readonly keys: Pick<IdempotencyKeys, 'begin' | 'answer'>;
  readonly clock: Clock;
  readonly openRateLimiter: OpenRateLimiter;
}

const REMEMBERED = 100_000;
/** Never reached: it is the count that is wanted. */
const ASKED = { requests: 1_000_000, seconds: 600 };

/** Challenges by proof of work, and how much is asked lately. */
export const openChallenges = ({
  config,
  keys,
  clock,
  openRateLimiter,
}: ChallengesPorts): Pick<HttpServerOptions, 'challenges' | 'askedLately'> => {
  const here = new LRUCache<string, true>({ max: REMEMBERED });
  /** Where what all processes share is away, each remembers alone. */
  const isFirst = async (name: string): Promise<boolean> => {
    if (here.has(name)) return false;
    here.set(name, true);
    const begun = await keys.begin(name, name, clock.now())();
    if (E.isLeft(begun)) return true;
    // Without an answer it could begin again after a minute.
    if (begun.right.begun === 'First') await keys.answer(name, { status: 204, headers: {}, body: '' })();
    return begun.right.begun === 'First';
  };
  const secret = config.CHALLENGE_SECRET ?? randomBytes(32).toString('base64url');
  return { challenges: altchaChallenges({ secret, isFirst, clock }), askedLately: openRateLimiter('challenge', ASKED) };
};
