import { iso } from '../../kernel/iso.js';
import { toNotice } from '../../notices/to-notice.js';
import { factsOf } from './facts-of.js';
import { type Happening } from './happening.js';

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
