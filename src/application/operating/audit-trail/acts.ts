import { z } from 'zod';
import { type EventOf, eventSchemas } from '../../kernel/events/event-schemas.js';

/** Whom or what an act was about: the user, or the order of one, in the path that was called. */
const ABOUT = /\/(users|orders)\/([\w-]{1,64})(?=\/|$)/g;

export const aboutUser = (userId: string): string => `users/${userId}`;
export const aboutOrder = (orderId: string): string => `orders/${orderId}`;

export const subjectsOf = (target: string): ReadonlyArray<string> =>
  Array.from(target.matchAll(ABOUT), ([, collection = '', id = '']) => `${collection}/${id}`);

/** Who acts: not a user in their own name, but somebody of the shop, or its backend. */
export type ActingRole = 'viewer' | 'operator' | 'service';

/** Somebody set out to change something. Recorded before anything is done. */
export const actBegun = z.object({
  actId: z.string(),
  /** The operator, viewer or service that the credential belongs to. An actor named in a body is a remark. */
  subject: z.string(),
  role: z.enum(['viewer', 'operator', 'service']),
  /** `PATCH /api/coupons/:couponId`. */
  route: z.string(),
  /** The path as it was called. */
  target: z.string(),
  requestId: z.string(),
  /** What was asked, and how it was before: JSON, where it is small; null otherwise. */
  asked: z.string().nullable(),
  before: z.string().nullable(),
  at: z.number(),
});

/** What was answered, and its status of HTTP. An act without it may have been carried out, or not: its process ended on the way. */
const actEnded = z.object({ actId: z.string(), status: z.number(), after: z.string().nullable(), at: z.number() });

export type ActBegun = EventOf<'ActBegun', typeof actBegun>;
export type ActEnded = EventOf<'ActEnded', typeof actEnded>;
export type ActEvent = ActBegun | ActEnded;

export const isActEvent = eventSchemas<ActEvent>()({ ActBegun: actBegun, ActEnded: actEnded });

export const ACT_STREAMS = 'acts-';

/** A stream for each day (UTC) and writer: none grows without end, and no two processes write to one. */
export const actStream = (at: number, writer: string): string =>
  `${ACT_STREAMS}${new Date(at).toISOString().slice(0, 10)}.${writer}`;
