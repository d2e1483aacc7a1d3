import { type taskEither as TE } from 'fp-ts';

/** The caller that a credential names. */
export type Identified =
  | { readonly kind: 'user'; readonly userId: string }
  /** The shop's backend: acts for any user. */
  | { readonly kind: 'service'; readonly name: string }
  /** Sees what operators see, and changes nothing. */
  | { readonly kind: 'viewer'; readonly name: string }
  | { readonly kind: 'operator'; readonly name: string };

/** Who asks. */
export type Caller =
  | Identified
  | { readonly kind: 'anonymous' }
  /** Without authentication: anybody on this machine. `operates` false: where operators have a token, and this is not it. */
  | { readonly kind: 'local'; readonly operates: boolean };

export const anonymous: Caller = { kind: 'anonymous' };

/**
 * Whom a bearer credential names. `InvalidCredential`: nobody, or nobody any more. `IdentityUnavailable`: it cannot be
 * told now; asking again later may help.
 */
export type Identify = (credential: string) => TE.TaskEither<'InvalidCredential' | 'IdentityUnavailable', Identified>;
