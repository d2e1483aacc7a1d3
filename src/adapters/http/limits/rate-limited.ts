import { type Quota, type Spent } from '../../../application/ports/rate-limiter.js';
import { type Refusal } from '../problems.js';

/** What was counted against a quota, under the name that clients are told. */
export interface Counted {
  readonly name: string;
  readonly quota: Quota;
  readonly spent: Spent;
}

const secondsOf = ({ resetMs }: Spent): number => Math.ceil(resetMs / 1_000);

/** As draft-ietf-httpapi-ratelimit-headers has it: every policy that counted, and what is left of each. */
export const rateLimited = (counted: ReadonlyArray<Counted>): Refusal => {
  const policies = counted.map(({ name, quota }) => `"${name}";q=${quota.requests};w=${quota.seconds}`);
  const left = counted.map(({ name, spent }) => `"${name}";r=${spent.remaining};t=${secondsOf(spent)}`);
  const after = Math.max(...counted.filter(({ spent }) => !spent.isWithin).map(({ spent }) => secondsOf(spent)));
  return {
    code: 'RATE_LIMITED',
    headers: {
      'Retry-After': String(after),
      'RateLimit-Policy': policies.join(', '),
      RateLimit: left.join(', '),
    },
  };
};
