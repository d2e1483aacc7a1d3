import { z } from 'zod';
import { type View } from '../../kernel/projection/view.js';
import { evolveWebhook, webhookSchema } from './webhook.js';
import { isWebhookEvent, WEBHOOK_STREAMS } from './webhook-events.js';

const webhookDocument = webhookSchema.extend({
  /** Position of its creation: what was recorded before is not delivered unless it is asked for. */
  createdAfter: z.number(),
});

export type WebhookDocument = z.infer<typeof webhookDocument>;

/** By id; index `all` in order of creation. */
export const webhooksView: View<WebhookDocument> = {
  name: 'webhooks',
  version: 3,
  schema: webhookDocument,
  streamPrefixes: [WEBHOOK_STREAMS],
  documentIds: ({ event }) => (isWebhookEvent(event) ? [event.endpointId] : []),
  fold: (known, { event, position }) => {
    if (!isWebhookEvent(event)) return known;
    const webhook = evolveWebhook(known, event);
    return webhook === null ? null : { ...webhook, createdAfter: known?.createdAfter ?? position };
  },
  entries: ({ createdAt }) => [{ index: 'all', key: 'all', sort: createdAt }],
};
