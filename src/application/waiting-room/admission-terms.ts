import { z } from 'zod';
import { type AdmissionTerms } from '../../domain/waiting-room/events.js';
import { challengePolicy } from '../kernel/challenge/challenge-policy.js';

/** Terms as they stand in messages, documents and snapshots; durations in milliseconds. */
export const admissionTerms: z.ZodType<AdmissionTerms> = z.object({
  activeLimit: z.number(),
  activeTtl: z.number(),
  admitPerSecond: z.number().nullable(),
  waitingIdle: z.number(),
  claimWithin: z.number(),
  activeIdle: z.number(),
  challenge: challengePolicy.exactOptional(),
});
