import { type taskEither as TE } from 'fp-ts';

/** What a challenge is about: a solution of it is good for nothing and nobody else. */
export interface Challenged {
  /** `product/console`. */
  readonly what: string;
  /** Address block of the client, by which requests are counted. */
  readonly address: string;
}

/** The provider that checks solutions did not answer in time. */
export type ChallengesError = 'ChallengesUnavailable';

/** Work that costs one client a moment, and a client that sends thousands of requests a lot. */
export interface Challenges {
  /** A new challenge, as its provider defines it. `difficulty`: 0 for a person; each step twice the work, where the provider can. */
  readonly ask: (about: Challenged, difficulty: number) => Promise<Readonly<Record<string, unknown>>>;
  /** Whether the response solves a challenge about this. Each solution counts once, in whichever process. */
  readonly isSolved: (response: string, about: Challenged) => TE.TaskEither<ChallengesError, boolean>;
}
