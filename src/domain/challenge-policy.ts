/**
 * When a client that asks for something scarce must solve a challenge first: never; if its address block recently asked for
 * more than people do; or always.
 */
export type ChallengePolicy = 'NEVER' | 'SUSPICIOUS' | 'ALWAYS';

/** Of whatever was created before there was a choice, too. */
export const noChallenge = 'NEVER' as const satisfies ChallengePolicy;
