import { z } from 'zod';
import { admissionTerms } from './waiting-room-aggregate.js';

/** Checked by one look, and not copied: it is read with every question of everybody who waits. */
const counts = z.custom<ReadonlyArray<number>>(
  (value) => Array.isArray(value) && value.every((each) => typeof each === 'number'),
);

/** Activations of people who had waited, in one window of time. */
const flow = z.object({ at: z.number(), count: z.number() });

const schedule = z.object({
  kind: z.literal('schedule'),
  scheduleId: z.string(),
  terms: admissionTerms,
  /** Promoted or active. */
  active: z.number(),
  waiting: z.number(),
  /** All who wait are at this place or behind it. */
  head: z.number(),
  /** How many wait in each region of places, from `firstRegion` on. */
  firstRegion: z.number(),
  regions: counts,
  flow: z.array(flow),
});

/** See crowd.ts. */
const crowd = z.object({
  kind: z.literal('crowd'),
  /** All who are counted here are at this place or behind it. */
  head: z.number(),
  counts,
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

export const waitingDocument = z.discriminatedUnion('kind', [schedule, crowd, token, user]);

export type WaitingDocument = z.infer<typeof waitingDocument>;
export type ScheduleDocument = z.infer<typeof schedule>;
export type CrowdDocument = z.infer<typeof crowd>;
export type TokenDocument = z.infer<typeof token>;
export type UserDocument = z.infer<typeof user>;

/** The one definition of being in: what is told ACTIVE may act. Nothing tells a promoted place from a claimed one outside. */
export const isIn = ({ status }: TokenDocument): boolean => status === 'Promoted' || status === 'Active';

export const scheduleDocumentId = (scheduleId: string): string => `schedule/${scheduleId}`;
export const tokenDocumentId = (tokenId: string): string => `token/${tokenId}`;
export const userDocumentId = (scheduleId: string, userId: string): string => `user/${scheduleId}/${userId}`;
