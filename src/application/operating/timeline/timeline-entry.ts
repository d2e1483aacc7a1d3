import { z } from 'zod';
import { iso } from '../../kernel/iso.js';
import { toNotice } from '../../notices/to-notice.js';
import { type EventBody, type RecordedEvent } from '../../ports/event-store.js';

const isEvent = (value: unknown): value is EventBody =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

export const happening = z.object({
  /** As it was recorded. */
  event: z.custom<EventBody>(isEvent),
  streamId: z.string(),
  correlationId: z.string(),
  position: z.number(),
  /** Epoch milliseconds. */
  recordedAt: z.number(),
});

/** Something that happened to a user. What is shown or told of it is made when somebody asks: that is seldom. */
export type Happening = z.infer<typeof happening>;

export const toHappening = ({ event, streamId, metadata, position, recordedAt }: RecordedEvent): Happening => ({
  ...{ event, streamId, position, recordedAt },
  correlationId: metadata.correlationId,
});

/** A field of an event, where it has one and it is text. */
export const textOf = (event: EventBody, name: string): string | null => {
  const value: unknown = Reflect.get(event, name);
  return typeof value === 'string' ? value : null;
};

/** Where goods go is for the delivery alone; the others stand beside the facts. */
const APART: ReadonlySet<string> = new Set(['type', 'userId', 'at', 'shipping']);
const MOMENTS: ReadonlySet<string> = new Set(['claimBy', 'expiresAt', 'holdExpiresAt', 'holdUntil', 'idleAt']);

/** What an event says, as it is shown outside: ids, amounts, reasons, and times as ISO-8601. */
const factsOf = (event: EventBody): Readonly<Record<string, unknown>> => {
  const fields: Readonly<Record<string, unknown>> = { ...event };
  const facts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (APART.has(name) || value === null) continue;
    facts[name] = MOMENTS.has(name) && typeof value === 'number' ? iso(value) : value;
  }
  return facts;
};

/** One thing that happened to a user. */
export interface TimelineEntry {
  /** When it was recorded, ISO-8601: grows with the position. */
  readonly at: string;
  /** The event's type. */
  readonly what: string;
  readonly stream: string;
  /** Ids, amounts, reasons: what the event says. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** When it was asked for, ISO-8601, where that was before it was decided. */
  readonly askedAt?: string;
  /** What the user was told of it, if anything. */
  readonly notice?: string;
  /** The request that led here: `X-Request-Id` of its answer, `correlation-id` of its messages. */
  readonly correlationId: string;
  readonly position: number;
}

/** Requests that are accepted first and decided later carry the time they were made. */
const askedAt = ({ event, recordedAt }: Happening): number | null => {
  if (event.type !== 'CouponIssued' && event.type !== 'CouponRequestRejected') return null;
  const at: unknown = Reflect.get(event, 'at');
  return typeof at === 'number' && at <= recordedAt ? at : null;
};

export const toEntry = (happening: Happening): TimelineEntry => {
  const { event, streamId, correlationId, position, recordedAt } = happening;
  const [notice, asked] = [toNotice(happening), askedAt(happening)];
  return {
    at: iso(recordedAt),
    what: event.type,
    stream: streamId,
    facts: factsOf(event),
    ...(asked !== null && { askedAt: iso(asked) }),
    ...(notice !== null && { notice: notice.kind }),
    correlationId,
    position,
  };
};
