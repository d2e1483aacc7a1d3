import { type either as E, type taskEither as TE } from 'fp-ts';

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

/** How long a credential is valid. */
export type Validity =
  /** A secret of the configuration: until a restart. */
  | { readonly kind: 'Always' }
  /** A token: until this moment, epoch milliseconds. */
  | { readonly kind: 'Until'; readonly at: number }
  /** An API key: until it is revoked. By its hash, so that nothing that holds this holds the key. */
  | { readonly kind: 'UntilRevoked'; readonly keyHash: string };

export const always: Validity = { kind: 'Always' };

/** Whether a credential that was valid is still valid. */
export type IsStillValid = (validity: Validity) => boolean;

export interface Recognized {
  readonly caller: Identified;
  readonly validity: Validity;
}

/** Why a credential names nobody; docs/security.md explains each. */
export type WhyInvalid =
  | 'UNKNOWN_SECRET'
  | 'UNKNOWN_API_KEY'
  | 'NO_ISSUER'
  | 'NOT_A_TOKEN'
  | 'ALGORITHM'
  | 'UNKNOWN_KEY'
  | 'AMBIGUOUS_KEY'
  | 'SIGNATURE'
  | 'ISSUER'
  | 'AUDIENCE'
  | 'NO_EXPIRY'
  | 'NOT_YET_VALID'
  | 'SUBJECT_NOT_AN_ID'
  | 'CLAIM';

/** It names nobody, or nobody any more. Why is for the log, never for the caller; nothing of it opens anything. */
export interface InvalidCredential {
  readonly kind: 'InvalidCredential';
  readonly why: WhyInvalid;
  /** As the header of the token says. */
  readonly alg?: string;
  readonly kid?: string;
  /** The name of the claim that is not as it must be. */
  readonly claim?: string;
}

/** It was good, and its time is over. */
export interface ExpiredCredential {
  readonly kind: 'ExpiredCredential';
}

/** It cannot be told now; asking again later may help. */
export interface IdentityUnavailable {
  readonly kind: 'IdentityUnavailable';
}

/** What `Identify` would answer, where that is known without verifying a signature; null elsewhere. */
export type Recall = (credential: string) => E.Either<InvalidCredential | ExpiredCredential, Recognized> | null;

/** Whom a bearer credential names. */
export type Identify = (
  credential: string,
) => TE.TaskEither<InvalidCredential | ExpiredCredential | IdentityUnavailable, Recognized>;
