import { z } from 'zod';
import { type Aggregate } from './aggregate.js';
import { type EventOf, eventSchemas, eventsOf } from '../events/event-schemas.js';

const ofRequest = {
  /** Which writer: 'waiting', 'stock' … */
  context: z.string(),
  /** The aggregate it was asked of. */
  key: z.string(),
  requestId: z.string(),
};

/** The final answer to a request that led to nothing: the rejection of the rule, UNPROCESSABLE, or ALREADY_DONE. */
const requestRejected = z.object({ ...ofRequest, code: z.string(), at: z.number() });

/**
 * An answer that a request could not be processed stands no longer: its message was replayed as this dead letter, and now
 * could be decided.
 */
const requestRejectionWithdrawn = z.object({ ...ofRequest, deadLetterId: z.string(), at: z.number() });

/** What was asked had been carried out before: nothing more happened. Told only to those who wait for it. */
export const ALREADY_DONE = 'ALREADY_DONE';

export type RequestRejected = EventOf<'RequestRejected', typeof requestRejected>;
export type RequestRejectionWithdrawn = EventOf<'RequestRejectionWithdrawn', typeof requestRejectionWithdrawn>;
export type RejectionEvent = RequestRejected | RequestRejectionWithdrawn;

export const isRequestRejected = eventsOf<RequestRejected>({ RequestRejected: true });
export const isRejectionEvent = eventSchemas<RejectionEvent>()({
  RequestRejected: requestRejected,
  RequestRejectionWithdrawn: requestRejectionWithdrawn,
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
