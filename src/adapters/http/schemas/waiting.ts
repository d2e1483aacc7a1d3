import { z } from 'zod';
import { id, idOut, timeOut, challenge, named } from './fields.js';

export const scheduleTerms = named('ScheduleTerms', {
  activeLimit: z.int().min(0).max(1_000_000),
  activeTtlSeconds: z.int().min(1).max(86_400),
  admitPerSecond: z.int().min(1).max(100_000).nullish(),
  challenge: challenge
    .exactOptional()
    .describe('Whether users must solve a challenge before they join. Left out: NEVER.'),
});

export const schedule = named('Schedule', {
  scheduleId: idOut,
  activeLimit: z.int(),
  activeTtlSeconds: z.number(),
  admitPerSecond: z.int().nullable(),
  challenge,
  active: z.int(),
  waiting: z.int(),
  activationsPerSecond: z.number().nullable().describe('Over the last minute; null is unknown.'),
});

export const joining = named('Joining', { scheduleId: id, userId: id }, { required: ['scheduleId'] });

const eta = z.int().nullable().describe('From the measured rate; null is unknown.');

export const place = named('Place', {
  tokenId: idOut,
  status: z.enum(['PENDING', 'ACTIVE']),
  position: z.int().describe('0 for whoever is in.'),
  etaSeconds: eta,
  pass: z.string().optional().describe('Only for a user who is let in. If it is missing then, get the token again.'),
});

export const token = named('WaitingToken', {
  tokenId: idOut,
  status: z.enum(['PENDING', 'ACTIVE', 'EXPIRED', 'COMPLETED']),
  position: z.int().optional().describe('Never gets worse.'),
  aheadOfYou: z.int().optional(),
  etaSeconds: eta.optional(),
  expiresAt: timeOut.optional(),
  pass: z.string().optional().describe('A JWT; verify it with /.well-known/jwks.json.'),
});

export const keySet = named('JwkSet', { keys: z.array(z.looseObject({ kid: z.string() })) });
