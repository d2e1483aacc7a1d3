import { type Challenges, type ChallengesError } from '../../application/ports/challenges.js';
import { type BreakerOptions, type BreakerState, openCircuit } from './circuit.js';

export interface GuardedChallenges extends Challenges {
  readonly state: () => BreakerState;
  readonly close: () => void;
}

/** A provider that is not asked while most calls to it fail. */
export const withChallengeBreaker = (challenges: Challenges, options: BreakerOptions): GuardedChallenges => {
  const { guarded, state, close } = openCircuit<ChallengesError>({
    ...options,
    refused: 'ChallengesUnavailable',
    isFailure: () => true,
  });
  return {
    ask: challenges.ask,
    isSolved: (response, about) => guarded(challenges.isSolved(response, about)),
    state,
    close,
  };
};
