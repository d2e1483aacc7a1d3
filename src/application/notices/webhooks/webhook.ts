import { z } from 'zod';
import { either as E } from 'fp-ts';
import { type Decider } from '../../../domain/decider.js';
import { aggregateOf } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { isWebhookEvent, WEBHOOK_STREAMS, type WebhookEvent } from './webhook-events.js';

export const webhookSchema = z.object({
  endpointId: z.string(),
  url: z.string(),
  /** Empty: all of them. */
  eventTypes: z.array(z.string()).readonly(),
  status: z.enum(['ACTIVE', 'PAUSED']),
  pausedBecause: z.string().nullable(),
  /** Of its secret. */
  generation: z.int(),
  /** Until then the secret of the generation before signs as well. */
  previousUntil: z.number(),
  /** How often it was begun again, and from when on; 0: from its creation. */
  replays: z.int(),
  since: z.number(),
  /** Null: without an end. */
  until: z.number().nullable(),
  createdAt: z.number(),
  /** When it was created or resumed: what it missed while it was paused is no fault of its receiver. */
  activeSince: z.number(),
});

/** An endpoint outside that wants to be told. Times are epoch milliseconds. */
export type Webhook = z.infer<typeof webhookSchema>;

/** A command is the event it asks for. */
export type WebhookCommand = WebhookEvent;
export type WebhookRejection = 'WEBHOOK_NOT_FOUND';

export const evolveWebhook = (webhook: Webhook | null, event: WebhookEvent): Webhook | null => {
  if (event.type === 'WebhookCreated') {
    const { endpointId, url, eventTypes, at } = event;
    const fresh = { status: 'ACTIVE', pausedBecause: null, generation: 1, previousUntil: 0, replays: 0 } as const;
    return { endpointId, url, eventTypes, ...fresh, since: 0, until: null, createdAt: at, activeSince: at };
  }
  if (webhook === null) return null;
  switch (event.type) {
    case 'WebhookChanged':
      return { ...webhook, url: event.url, eventTypes: event.eventTypes };
    case 'WebhookPaused':
      return { ...webhook, status: 'PAUSED', pausedBecause: event.reason };
    case 'WebhookResumed':
      return { ...webhook, status: 'ACTIVE', pausedBecause: null, activeSince: event.at };
    case 'WebhookDeleted':
      return null;
    case 'WebhookSecretRotated':
      return { ...webhook, generation: webhook.generation + 1, previousUntil: event.previousUntil };
    case 'WebhookReplayed':
      return { ...webhook, replays: webhook.replays + 1, since: event.since, until: event.until };
  }
};

const isAlreadySo = (command: WebhookCommand, webhook: Webhook): boolean => {
  switch (command.type) {
    case 'WebhookCreated':
      return true;
    case 'WebhookChanged':
      return command.url === webhook.url && String(command.eventTypes) === String(webhook.eventTypes);
    case 'WebhookPaused':
      return webhook.status === 'PAUSED';
    case 'WebhookResumed':
      return webhook.status === 'ACTIVE';
    case 'WebhookDeleted':
    case 'WebhookSecretRotated':
    case 'WebhookReplayed':
      return false;
  }
};

const webhookDecider: Decider<Webhook | null, WebhookCommand, WebhookEvent, WebhookRejection> = {
  initial: null,
  evolve: evolveWebhook,
  decide: (command, webhook) => {
    if (webhook === null) return command.type === 'WebhookCreated' ? E.right([command]) : E.left('WEBHOOK_NOT_FOUND');
    return E.right(isAlreadySo(command, webhook) ? [] : [command]);
  },
};

export const webhookAggregate = aggregateOf(webhookDecider, isWebhookEvent);

export const handleWebhook = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(
    webhookDecider,
    webhookAggregate,
    ({ endpointId }: WebhookCommand) => `${WEBHOOK_STREAMS}${endpointId}`,
  );
