import { type Instant } from '../time.js';

export interface EventScheduled {
  readonly type: 'EventScheduled';
  readonly eventId: string;
  readonly name: string;
  readonly opensAt: Instant;
  /** The waiting room in front of it, if it is gated. */
  readonly scheduleId: string | null;
  readonly at: Instant;
}

export interface EventRescheduled {
  readonly type: 'EventRescheduled';
  readonly eventId: string;
  readonly opensAt: Instant;
  readonly at: Instant;
}

interface EventFact {
  readonly eventId: string;
  readonly at: Instant;
}

export interface EventOpened extends EventFact {
  readonly type: 'EventOpened';
  readonly name: string;
  /** When it was meant to open; `at` − this is the lateness. */
  readonly opensAt: Instant;
}

export type EventClosed = EventFact & { readonly type: 'EventClosed' };

export interface EventCancelled extends EventFact {
  readonly type: 'EventCancelled';
  /** Absent in events cancelled before it was written down. */
  readonly name?: string;
}

export type SaleEvent = EventScheduled | EventRescheduled | EventOpened | EventClosed | EventCancelled;
