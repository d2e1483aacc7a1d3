import { setTimeout as sleep } from 'node:timers/promises';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';

/** A machine behind one address: it solves one challenge at a time. */
export interface Device {
  /** The solution as it is sent, after the time that such a machine needs for a challenge of this difficulty. Null: aborted. */
  readonly solve: (challenge: unknown, signal: AbortSignal) => Promise<string | null>;
}

const isChallenge = (asked: unknown): asked is Challenge =>
  typeof asked === 'object' && asked !== null && 'parameters' in asked && 'signature' in asked;

/** Hashes that solve it, on average. */
const workOf = ({ parameters: { keyPrefix, cost } }: Challenge): number => 16 ** keyPrefix.length * cost;

/**
 * A simulated machine that computes `hashesPerMs`. It solves the challenge at once, but first waits as long as such a machine would
 * compute, so that two thousand of them fit into one.
 */
export const device = (hashesPerMs: number): Device => ({
  solve: async (challenge, signal) => {
    if (!isChallenge(challenge)) throw new Error('The server asks for something else than a challenge of ALTCHA');
    try {
      await sleep(workOf(challenge) / hashesPerMs, undefined, { signal });
    } catch {
      return null;
    }
    const solution = await solveChallenge({ challenge, deriveKey });
    return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
  },
});
