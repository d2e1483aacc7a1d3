import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/sha';

/** What a challenge needs to be one of ALTCHA's that this client can solve. */
interface Altcha {
  readonly parameters: {
    readonly algorithm: string;
    readonly nonce: string;
    readonly salt: string;
    readonly cost: number;
    readonly keyLength: number;
    readonly keyPrefix: string;
  };
  readonly signature?: string;
}

const isAltcha = (challenge: object): challenge is Altcha =>
  'parameters' in challenge &&
  typeof challenge.parameters === 'object' &&
  challenge.parameters !== null &&
  'algorithm' in challenge.parameters &&
  typeof challenge.parameters.algorithm === 'string' &&
  challenge.parameters.algorithm.startsWith('SHA-');

/** The answer to a challenge, for the header `Challenge-Response`; null where it cannot be given. */
export type SolveChallenge = (challenge: object, signal: AbortSignal) => Promise<string | null>;

/** ALTCHA's proof of work, as its widget does it: a second of computing or so. */
export const solveAltcha: SolveChallenge = async (challenge, signal) => {
  if (!isAltcha(challenge)) return null;
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  signal.addEventListener('abort', stop, { once: true });
  const solution = await solveChallenge({ challenge, deriveKey, controller }).finally(() =>
    signal.removeEventListener('abort', stop),
  );
  return solution === null ? null : btoa(JSON.stringify({ challenge, solution }));
};
