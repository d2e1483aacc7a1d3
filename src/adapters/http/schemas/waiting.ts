import { z } from 'zod';
import { id, idOut, timeOut, challenge } from './fields.js';

export const scheduleTerms = z
  .object({
    activeLimit: z.int().min(0).max(1_000_000),
    activeTtlSeconds: z.int().min(1).max(86_400),
    admitPerSecond: z.int().min(1).max(100_000).nullish(),
    challenge: challenge
      .exactOptional()
      .meta({ description: 'Whether users must solve a challenge before they join. Left out: NEVER.' }),
  })
  .meta({ id: 'ScheduleTerms' });

export const schedule = z
  .object({
    scheduleId: idOut,
    activeLimit: z.int(),
    activeTtlSeconds: z.number(),
    admitPerSecond: z.int().nullable(),
    challenge,
    active: z.int(),
    waiting: z.int(),
    activationsPerSecond: z.number().nullable().meta({ description: 'Over the last minute; null is unknown.' }),
  })
  .meta({ id: 'Schedule' });

export const joining = z.object({ scheduleId: id, userId: id }).meta({ id: 'Joining', required: ['scheduleId'] });

const eta = z.int().nullable().meta({ description: 'From the measured rate; null is unknown.' });

export const place = z
  .object({
    tokenId: idOut,
    status: z.enum(['PENDING', 'ACTIVE']),
    position: z.int().meta({ description: '0 for whoever is in.' }),
    etaSeconds: eta,
    pass: z
      .string()
      .optional()
      .meta({ description: 'Only for a user who is let in. If it is missing then, get the token again.' }),
  })
  .meta({ id: 'Place' });

export const token = z
  .object({
    tokenId: idOut,
    status: z.enum(['PENDING', 'ACTIVE', 'EXPIRED', 'COMPLETED']),
    position: z.int().optional().meta({ description: 'Never gets worse.' }),
    aheadOfYou: z.int().optional(),
    etaSeconds: eta.optional(),
    expiresAt: timeOut.optional(),
    pass: z.string().optional().meta({ description: 'A JWT; verify it with /.well-known/jwks.json.' }),
  })
  .meta({ id: 'WaitingToken' });

export const keySet = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) }).meta({ id: 'JwkSet' });
