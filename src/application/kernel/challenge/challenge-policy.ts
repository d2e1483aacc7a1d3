import { z } from 'zod';
import { type ChallengePolicy } from '../../../domain/challenge-policy.js';

/** A policy as it is written in events, messages and documents. */
export const challengePolicy: z.ZodType<ChallengePolicy> = z.enum(['NEVER', 'SUSPICIOUS', 'ALWAYS']);
