/**
 * Whether whoever asks for something scarce solves a challenge first: never; when their address or their name asked for
 * more than people do lately; or always.
 */
export type ChallengePolicy = 'NEVER' | 'SUSPICIOUS' | 'ALWAYS';

/** Of whatever was created before there was a choice, too. */
export const noChallenge: ChallengePolicy = 'NEVER';
