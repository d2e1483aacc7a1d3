import { z } from 'zod';
import { type DeadlineRule } from '../../kernel/process/deadlines/deadline.js';
import { type View } from '../../kernel/projection/view.js';
import { DELIVERY_STREAMS, deliveryId, isDeliveryEvent, sourceOf } from './delivery.js';

const deliveryDocument = z.object({
  endpointId: z.string(),
  messageId: z.string(),
  eventType: z.string(),
  sourceStream: z.string(),
  sourceRevision: z.number(),
  status: z.enum(['FAILING', 'DEAD']),
  attempts: z.int(),
  firstFailedAt: z.number(),
  failure: z.string(),
  lastAttemptAt: z.number(),
  nextAttemptAt: z.number().nullable(),
});

/** A message that has not got through yet, or was given up. Times are epoch milliseconds. */
export type DeliveryDocument = z.infer<typeof deliveryDocument>;

/** By endpoint and message; index `deliveries` by endpoint and status, in order of the last attempt. */
export const deliveriesView: View<DeliveryDocument> = {
  name: 'webhook-deliveries',
  version: 1,
  schema: deliveryDocument,
  streamPrefixes: [DELIVERY_STREAMS],
  documentIds: ({ event }) => (isDeliveryEvent(event) ? [deliveryId(event)] : []),
  fold: (known, { event }) => {
    if (!isDeliveryEvent(event)) return known;
    if (event.type === 'WebhookDelivered') return null;
    const { at } = event;
    const delivery = sourceOf(event);
    if (event.type === 'WebhookDeliveryRetried') {
      const last = { failure: known?.failure ?? '', lastAttemptAt: known?.lastAttemptAt ?? at };
      return { ...delivery, status: 'FAILING', attempts: 0, firstFailedAt: at, ...last, nextAttemptAt: at };
    }
    const { attempt: attempts, firstFailedAt, failure, nextAttemptAt } = event;
    const status = nextAttemptAt === null ? 'DEAD' : 'FAILING';
    return { ...delivery, status, attempts, firstFailedAt, failure, lastAttemptAt: at, nextAttemptAt };
  },
  entries: ({ endpointId, status, lastAttemptAt }) => [
    { index: 'deliveries', key: `${endpointId}/${status}`, sort: lastAttemptAt },
  ],
};

export const WEBHOOK_RETRY = 'webhook-retry';

/** The next attempt of each message that failed. */
export const webhookDeadlines: DeadlineRule = {
  version: 1,
  streamPrefixes: [DELIVERY_STREAMS],
  ids: ({ event }) => (isDeliveryEvent(event) ? [`${WEBHOOK_RETRY}/${deliveryId(event)}`] : []),
  fold: (known, { event }, id) => {
    if (!isDeliveryEvent(event)) return known;
    const dueAt =
      event.type === 'WebhookDelivered'
        ? null
        : event.type === 'WebhookDeliveryFailed'
          ? event.nextAttemptAt
          : event.at;
    return dueAt === null ? null : { id, kind: WEBHOOK_RETRY, ref: { deliveryId: deliveryId(event) }, dueAt };
  },
};
