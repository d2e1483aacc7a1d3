import { z } from 'zod';
import { type WebhookState } from '../../../application/notices/webhooks/find-webhooks.js';
import { type DeliveryDocument } from '../../../application/notices/webhooks/deliveries-view.js';
import { webhookEventTypes } from '../../../application/notices/webhooks/webhook-message.js';
import { fault } from '../faults.js';
import { whoAndWhy, iso, isoOrNull, pageOut, timeIn, timeOut, named } from './fields.js';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

const isEndpoint = (value: string): boolean => {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
};

const url = z
  .string()
  .max(2_000)
  .regex(/^https?:\/\/\S+$/, { error: fault('WEBHOOK_URL'), abort: true })
  .refine(isEndpoint, { error: fault('WEBHOOK_URL') })
  .meta({ examples: ['https://shop.example/doorbuster'], description: '`http` only to this machine.' });
const eventTypes = z
  .array(z.enum(webhookEventTypes))
  .max(webhookEventTypes.length)
  .meta({ description: 'Of `asyncapi.json`. Empty: all of them.', examples: [['COUPON_ISSUED', 'ORDER_COMPLETED']] });

const HOUR_MS = 3_600_000;

export const createWebhook = named('CreateWebhook', { url, eventTypes: eventTypes.default([]), ...whoAndWhy });
export const changeWebhook = named('ChangeWebhook', {
  url: url.exactOptional(),
  eventTypes: eventTypes.exactOptional(),
  paused: z.boolean().exactOptional(),
  ...whoAndWhy,
});
export const rotateSecret = named('RotateWebhookSecret', {
  overlapMs: z
    .int()
    .min(0)
    .max(168 * HOUR_MS)
    .default(24 * HOUR_MS)
    .describe('How long the old secret signs as well. Milliseconds.'),
  ...whoAndWhy,
});
export const replayWebhook = z
  .object({
    since: timeIn.describe('Everything recorded from then on.'),
    until: timeIn.exactOptional().describe('And before then. Without it: up to now.'),
    ...whoAndWhy,
  })
  .refine(({ since, until }) => until === undefined || since < until, { error: fault('REPLAY_ORDER'), path: ['until'] })
  .meta({ id: 'ReplayWebhook' });
export const retryDeadLetters = named('RetryWebhookDeadLetters', {
  limit: z.int().min(1).max(1_000).default(100),
  ...whoAndWhy,
});

const delivery = named('WebhookDelivery', {
  messageId: z.string().describe('The `webhook-id`.'),
  eventType: z.string(),
  attempts: z.int(),
  failure: z.string(),
  firstFailedAt: timeOut,
  lastAttemptAt: timeOut,
  nextAttemptAt: timeOut.nullable().describe('Null: it is a dead letter.'),
});

export const webhook = named('Webhook', {
  endpointId: z.string(),
  url: z.string(),
  eventTypes: z.array(z.string()),
  status: z.enum(['ACTIVE', 'PAUSED']),
  pausedBecause: z.string().nullable(),
  problem: z
    .enum(['KEYS_SECRET_MISSING'])
    .nullable()
    .describe('Why nothing is delivered, whatever its status. `KEYS_SECRET_MISSING`: there is no secret to sign with.'),
  createdAt: timeOut,
  oldSecretUntil: timeOut.nullable(),
  lagMs: z.number().describe('Age of the oldest event in line for this endpoint, in milliseconds.'),
  lastFailure: delivery.nullable().describe('The message that failed last and is still tried.'),
  lastDeadLetter: delivery.nullable(),
});
export const webhooks = named('Webhooks', { items: z.array(webhook) });
export const webhookRemoved = named('WebhookRemoved', { endpointId: z.string() });
export const webhookSecret = named('WebhookSecret', {
  endpointId: z.string(),
  secret: z.string().meta({ examples: ['whsec_…'] }),
});
export const webhookTested = named('WebhookTested', {
  messageId: z.string(),
  failure: z.string().nullable().describe('Null: the receiver took it.'),
});
export const webhookDeadLetters = pageOut(delivery).meta({ id: 'WebhookDeadLetters' });
export const deadLettersRetried = named('WebhookDeadLettersRetried', { retried: z.int() });

export const shownDelivery = ({ messageId, eventType, attempts, failure, ...at }: DeliveryDocument) => ({
  messageId,
  eventType,
  attempts,
  failure,
  firstFailedAt: iso(at.firstFailedAt),
  lastAttemptAt: iso(at.lastAttemptAt),
  nextAttemptAt: isoOrNull(at.nextAttemptAt),
});

export const shownWebhook = ({ failing, dead, previous, ...webhook }: WebhookState) => ({
  endpointId: webhook.endpointId,
  url: webhook.url,
  eventTypes: webhook.eventTypes,
  status: webhook.status,
  pausedBecause: webhook.pausedBecause,
  problem: webhook.problem,
  createdAt: iso(webhook.createdAt),
  oldSecretUntil: isoOrNull(previous[0]?.until ?? null),
  lagMs: webhook.lagMs,
  lastFailure: failing && shownDelivery(failing),
  lastDeadLetter: dead && shownDelivery(dead),
});
