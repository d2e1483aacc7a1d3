import { type taskEither as TE } from 'fp-ts';

/** What a pass says: this user may be in this sale until then. */
export interface PassClaims {
  readonly userId: string;
  readonly scheduleId: string;
  readonly tokenId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Signed passes that others verify offline. */
export interface Passes {
  readonly issue: (claims: PassClaims) => TE.TaskEither<'PassesUnavailable', string>;
  /** InvalidPass: forged, expired, or no pass at all. */
  readonly verify: (pass: string) => TE.TaskEither<'PassesUnavailable' | 'InvalidPass', PassClaims>;
}
