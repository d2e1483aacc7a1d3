import { z } from 'zod';
import { admissionTerms } from '../admission-terms.js';

/** Activations of people who had waited, in one window of time. */
const flow = z.object({ at: z.number(), count: z.number() });

const schedule = z.object({
  kind: z.literal('schedule'),
  scheduleId: z.string(),
  terms: admissionTerms,
  /** Promoted or active. */
  active: z.number(),
  waiting: z.number(),
  /** Whoever waits stands at this place or behind it. */
  head: z.number(),
  /** How many wait in each bucket of places, from `firstBucket` on. */
  firstBucket: z.number(),
  buckets: z.array(z.number()),
  flow: z.array(flow),
});

const bucket = z.object({
  kind: z.literal('bucket'),
  /** Ascending. */
  waiting: z.array(z.number()),
});

const token = z.object({
  kind: z.literal('token'),
  tokenId: z.string(),
  scheduleId: z.string(),
  userId: z.string(),
  place: z.number(),
  status: z.enum(['Waiting', 'Promoted', 'Active', 'Expired', 'Left', 'Completed']),
  joinedAt: z.number(),
  /** The absolute end of a promoted or active place; null before. */
  expiresAt: z.number().nullable(),
});

const user = z.object({
  kind: z.literal('user'),
  tokenId: z.string(),
  /** Waiting, promoted or active. */
  isLive: z.boolean(),
});

export const waitingDocument = z.discriminatedUnion('kind', [schedule, bucket, token, user]);

export type WaitingDocument = z.infer<typeof waitingDocument>;
export type ScheduleDocument = z.infer<typeof schedule>;
export type BucketDocument = z.infer<typeof bucket>;
export type TokenDocument = z.infer<typeof token>;
export type UserDocument = z.infer<typeof user>;

const PLACES = 500;
export const bucketOf = (place: number): number => Math.floor(place / PLACES);

export const scheduleDocumentId = (scheduleId: string): string => `schedule/${scheduleId}`;
export const bucketDocumentId = (scheduleId: string, place: number): string =>
  `bucket/${scheduleId}/${bucketOf(place)}`;
export const tokenDocumentId = (tokenId: string): string => `token/${tokenId}`;
export const userDocumentId = (scheduleId: string, userId: string): string => `user/${scheduleId}/${userId}`;
