/**
 * When a client that orders something scarce must solve a challenge first: never; if its address recently ordered more than
 * people do; or always.
 */
export type ChallengePolicy = 'NEVER' | 'SUSPICIOUS' | 'ALWAYS';

/** Of whatever was created before there was a choice, too. */
export const noChallenge: ChallengePolicy = 'NEVER';
