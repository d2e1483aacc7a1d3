import { z } from 'zod';
import { eventSchemas } from '../../kernel/events/event-schemas.js';

/** Who acts: not a user in their own name, but somebody of the shop, or its backend. */
export type ActingRole = 'viewer' | 'operator' | 'service';

/** Somebody set out to change something. Recorded before anything is done. */
export interface ActBegun {
  readonly type: 'ActBegun';
  readonly actId: string;
  /** Whom the credential names. What a body says of its actor is a remark. */
  readonly subject: string;
  readonly role: ActingRole;
  /** `PATCH /api/coupons/:couponId`. */
  readonly route: string;
  /** The path as it was called. */
  readonly target: string;
  readonly requestId: string;
  /** What was asked, and how it was before: JSON, where it is small; null otherwise. */
  readonly asked: string | null;
  readonly before: string | null;
  readonly at: number;
}

/** What was answered. An act without it may have been carried out, or not: its process ended on the way. */
export interface ActEnded {
  readonly type: 'ActEnded';
  readonly actId: string;
  /** Of HTTP. */
  readonly status: number;
  readonly after: string | null;
  readonly at: number;
}

export type ActEvent = ActBegun | ActEnded;

export const isActEvent = eventSchemas<ActEvent>()({
  ActBegun: z.object({
    actId: z.string(),
    subject: z.string(),
    role: z.enum(['viewer', 'operator', 'service']),
    route: z.string(),
    target: z.string(),
    requestId: z.string(),
    asked: z.string().nullable(),
    before: z.string().nullable(),
    at: z.number(),
  }),
  ActEnded: z.object({ actId: z.string(), status: z.number(), after: z.string().nullable(), at: z.number() }),
});

export const ACT_STREAMS = 'acts-';

/** A stream for each day (UTC) and writer: none grows without end, and no two processes write to one. */
export const actStream = (at: number, writer: string): string =>
  `${ACT_STREAMS}${new Date(at).toISOString().slice(0, 10)}.${writer}`;
