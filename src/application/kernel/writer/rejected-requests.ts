import { z } from 'zod';
import { type Aggregate } from './aggregate.js';
import { eventsOf } from './events-of.js';
import { eventSchemas } from '../events/event-schemas.js';

/** The final answer to a request that led to nothing, by the writer of its aggregate. */
export interface RequestRejected {
  readonly type: 'RequestRejected';
  /** Which writer: 'waiting', 'stock' … */
  readonly context: string;
  /** The aggregate it was asked of. */
  readonly key: string;
  readonly requestId: string;
  /** The rejection of the rule, UNPROCESSABLE, or ALREADY_DONE. */
  readonly code: string;
  readonly at: number;
}

/** What was asked had been carried out before: nothing more happened. Told only to those who wait for it. */
export const ALREADY_DONE = 'ALREADY_DONE';

/** An answer that a request could not be processed stands no longer: its message was replayed, and now could be decided. */
export interface RequestRejectionWithdrawn {
  readonly type: 'RequestRejectionWithdrawn';
  readonly context: string;
  readonly key: string;
  readonly requestId: string;
  /** The dead letter that was replayed. */
  readonly deadLetterId: string;
  readonly at: number;
}

export type RejectionEvent = RequestRejected | RequestRejectionWithdrawn;

export const isRequestRejected = eventsOf<RequestRejected>({ RequestRejected: true });
export const isRejectionEvent = eventSchemas<RejectionEvent>()({
  RequestRejected: z.object({
    context: z.string(),
    key: z.string(),
    requestId: z.string(),
    code: z.string(),
    at: z.number(),
  }),
  RequestRejectionWithdrawn: z.object({
    context: z.string(),
    key: z.string(),
    requestId: z.string(),
    deadLetterId: z.string(),
    at: z.number(),
  }),
});

/** Every context whose writer records its rejections in streams `{context}Rejections-{key}`. */
export const REJECTION_CONTEXTS = ['waiting', 'stock', 'points'] as const;
export type RejectionContext = (typeof REJECTION_CONTEXTS)[number];

export const rejectionStreams = (context: RejectionContext): string => `${context}Rejections-`;
export const rejectionsStream = (context: RejectionContext, key: string): string => rejectionStreams(context) + key;

/** As long as the log keeps the requests: a rejection outlives every redelivery of its request. */
export const REJECTIONS_KEPT_SECONDS = 7 * 86_400;

/** Only where the stream ends matters: its state is nothing, and a snapshot saves reading it from the start. */
export const rejectionsAggregate: Aggregate<null, RejectionEvent> = {
  initial: null,
  evolve: () => null,
  isEvent: isRejectionEvent,
  snapshots: { version: 1, size: () => 0, encode: () => [], decode: () => Promise.resolve(null) },
};
