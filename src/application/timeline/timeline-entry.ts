import { z } from 'zod';
import { iso } from '../handling/iso.js';
import { toNotice } from '../notices/to-notice.js';
import { type RecordedEvent } from '../ports/event-store.js';
import { factsOf } from './facts-of.js';

/** One thing that happened to a user. */
export const timelineEntry = z.object({
  /** When it was recorded, ISO-8601: grows with the position. */
  at: z.string(),
  /** The event's type. */
  what: z.string(),
  stream: z.string(),
  /** Ids, amounts, reasons: what the event says. */
  facts: z.record(z.string(), z.unknown()),
  /** When it was asked for, ISO-8601, where that was before it was decided. */
  askedAt: z.string().optional(),
  /** What the user was told of it, if anything. */
  notice: z.string().optional(),
  /** The request that led here: `X-Request-Id` of its answer, `correlation-id` of its messages. */
  correlationId: z.string(),
  position: z.number(),
});

export type TimelineEntry = z.infer<typeof timelineEntry>;

/** Requests that are accepted first and decided later carry the time they were made. */
const askedAt = ({ event, recordedAt }: RecordedEvent): number | null => {
  if (event.type !== 'CouponIssued' && event.type !== 'CouponRequestRejected') return null;
  const at: unknown = Reflect.get(event, 'at');
  return typeof at === 'number' && at <= recordedAt ? at : null;
};

export const toEntry = (recorded: RecordedEvent): TimelineEntry => {
  const { event, streamId, metadata, position, recordedAt } = recorded;
  const [notice, asked] = [toNotice(recorded), askedAt(recorded)];
  return {
    at: iso(recordedAt),
    what: event.type,
    stream: streamId,
    facts: factsOf(event),
    ...(asked !== null && { askedAt: iso(asked) }),
    ...(notice !== null && { notice: notice.kind }),
    correlationId: metadata.correlationId,
    position,
  };
};
