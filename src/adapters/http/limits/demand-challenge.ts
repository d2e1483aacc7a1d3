import { either as E } from 'fp-ts';
import { type Scarce } from '../../../application/kernel/challenge/recent-policy.js';
import { type Challenges } from '../../../application/ports/challenges.js';
import { type RateLimiter } from '../../../application/ports/rate-limiter.js';
import { type Exchange } from '../exchange.js';
import { type Refusal, tryAgain } from '../problems.js';

/** Null: go on. */
export type DemandChallenge = (exchange: Exchange, scarce: Scarce) => Promise<Refusal | null>;

export interface DemandChallengePorts {
  readonly challenges: Challenges;
  /** Counts what a block of addresses asks for; its quota is never reached. */
  readonly asked: RateLimiter;
  readonly addressOf: (exchange: Exchange) => string;
}

export const listensToChallenge = { 'Challenge-Response': 'The solution of the challenge of the 403 before' } as const;

/** What people ask for in a window, a family and an office among them. */
const OF_PEOPLE = 10;
/** So many more of one block, and its next challenge costs twice as much. */
const STEP = 20;

/**
 * An address close to a bot's address may well belong to the same bot. A home or an office has a /56 of IPv6, which is 256
 * addresses as they are counted; a mobile network gives each telephone a /64, and so few of a /56 come to one sale.
 */
const blockOf = (address: string): string =>
  address
    .replace(/\.\d+$/, '.0/24')
    .replace(/:(\w+)::\/64$/, (_, last: string) => `:${(Number.parseInt(last, 16) & 0xff00).toString(16)}::/56`);

/** Demands a challenge of whoever asks for what is scarce, as its policy says; the more a block of addresses asks, the harder. */
export const demandChallenge =
  ({ challenges, asked, addressOf }: DemandChallengePorts): DemandChallenge =>
  async (exchange, { what, policy }) => {
    const { kind } = exchange.caller;
    if (kind === 'service' || kind === 'operator') return null;
    const address = addressOf(exchange);
    const { remaining } = await asked.spend(blockOf(address));
    const count = asked.quota.requests - remaining;
    if (policy === 'SUSPICIOUS' && count <= OF_PEOPLE) return null;
    const response = exchange.header('challenge-response');
    if (response !== undefined) {
      const solved = await challenges.isSolved(response, { what, address })();
      if (E.isLeft(solved)) return tryAgain('UNAVAILABLE');
      if (solved.right) return null;
    }
    const challenge = await challenges.ask({ what, address }, Math.floor(count / STEP));
    return { code: 'CHALLENGE_REQUIRED', fields: { challenge } };
  };
