import { z } from 'zod';
import { commandMessages, versionHeader } from '../kernel/events/message-types.js';
import { WAITING_TOKEN } from '../kernel/messaging/topics.js';
import { derivedId } from '../kernel/writer/event-ids.js';
import { messageBody } from '../kernel/writer/message-body.js';
import { type Message } from '../ports/message-log.js';
import { tokenComplete1 } from './old-messages/token-complete-1.js';
import { admissionTerms } from './waiting-room-aggregate.js';

const asked = {
  eventId: z.string(),
  /** ISO-8601. */
  occurredAt: z.string(),
  scheduleId: z.string(),
  requestId: z.string(),
  /** Somebody waits for the answer. */
  isAwaited: z.boolean().optional(),
};

/** What stands on `waiting-token`, keyed by scheduleId: everything that one writer decides for a waiting room, in order. */
const waitingMessage = z.discriminatedUnion('eventType', [
  z.object({ ...asked, eventType: z.literal('SCHEDULE_CONFIGURED'), terms: admissionTerms }),
  z.object({ ...asked, eventType: z.literal('CREATE_TOKEN'), userId: z.string(), tokenId: z.string() }),
  z.object({ ...asked, eventType: z.literal('TOKEN_CLAIM'), tokenId: z.string() }),
  z.object({ ...asked, eventType: z.literal('TOKEN_LEAVE'), tokenId: z.string() }),
  z.object({ ...asked, eventType: z.literal('TOKEN_COMPLETE'), userId: z.string(), tokenId: z.string() }),
  /** `lastSeenAt`: the holder's last sign, epoch milliseconds; null when there was none. */
  z.object({
    ...asked,
    eventType: z.literal('TOKEN_EXPIRE'),
    tokenId: z.string(),
    lastSeenAt: z.number().nullable(),
  }),
  z.object({ ...asked, eventType: z.literal('ADMIT') }),
]);

export type WaitingMessage = z.infer<typeof waitingMessage>;

export const waitingMessages = commandMessages(WAITING_TOKEN, waitingMessage, { TOKEN_COMPLETE: [tokenComplete1] });

export const readWaitingMessage = messageBody(waitingMessages, ({ scheduleId }) => scheduleId);

export const completionOf = (tokenId: string): string => `complete-${tokenId}`;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type WaitingRequest = Without<WaitingMessage, 'eventId' | 'occurredAt'>;

export interface Tracing {
  readonly correlationId: string;
}

/** For the writer of a waiting room, keyed by it. Sending it again sends the same event id: it is the same request. */
export const toWaitingMessage = (request: WaitingRequest, at: number, { correlationId }: Tracing): Message => {
  const { scheduleId, requestId, eventType } = request;
  const eventId = derivedId(`waiting/${scheduleId}/${eventType}/${requestId}`);
  return {
    key: scheduleId,
    value: JSON.stringify({ eventId, occurredAt: new Date(at).toISOString(), ...request }),
    headers: {
      'event-id': eventId,
      'event-type': eventType,
      ...versionHeader(waitingMessages.types.get(eventType)?.version ?? 1),
      'request-id': requestId,
      'correlation-id': correlationId,
    },
  };
};
