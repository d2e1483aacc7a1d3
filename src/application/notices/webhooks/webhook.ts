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
  /** Those before it that sign as well, the newest first, each until then. */
  previous: z.array(z.object({ generation: z.int(), until: z.number() })).readonly(),
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

type Changed = Extract<WebhookEvent, { readonly type: 'WebhookChanged' }>;
/** What is not named stays as it is, whatever somebody else makes of it meanwhile. */
type Change = Omit<Changed, 'url' | 'eventTypes'> & {
  readonly url: Changed['url'] | undefined;
  readonly eventTypes: Changed['eventTypes'] | undefined;
};
/** A command is the event it asks for. */
export type WebhookCommand = Exclude<WebhookEvent, Changed> | Change;
export type WebhookRejection = 'WEBHOOK_NOT_FOUND';

/** Of one message: a header has room for so many signatures. */
const MOST_PREVIOUS = 9;

/** Who was told how long a secret signs is told the truth, unless the new one is to be alone sooner. */
const rotated = (
  { generation, previous, ...webhook }: Webhook,
  { at, previousUntil }: { readonly at: number; readonly previousUntil: number },
): Webhook => {
  const earlier = previous.map((each) => ({ ...each, until: Math.min(each.until, previousUntil) }));
  const signing = [{ generation, until: previousUntil }, ...earlier].filter(({ until }) => until > at);
  return { ...webhook, generation: generation + 1, previous: signing.slice(0, MOST_PREVIOUS) };
};

export const evolveWebhook = (webhook: Webhook | null, event: WebhookEvent): Webhook | null => {
  if (event.type === 'WebhookCreated') {
    const { endpointId, url, eventTypes, at } = event;
    const fresh = { status: 'ACTIVE', pausedBecause: null, generation: 1, previous: [], replays: 0 } as const;
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
      return rotated(webhook, event);
    case 'WebhookReplayed':
      return { ...webhook, replays: webhook.replays + 1, since: event.since, until: event.until };
  }
};

const isAlreadySo = (command: WebhookEvent, webhook: Webhook): boolean => {
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
    const { url, eventTypes } = webhook;
    const event =
      command.type === 'WebhookChanged'
        ? { ...command, url: command.url ?? url, eventTypes: command.eventTypes ?? eventTypes }
        : command;
    return E.right(isAlreadySo(event, webhook) ? [] : [event]);
  },
};

export const webhookAggregate = aggregateOf(webhookDecider, isWebhookEvent);

export const handleWebhook = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(
    webhookDecider,
    webhookAggregate,
    ({ endpointId }: WebhookCommand) => `${WEBHOOK_STREAMS}${endpointId}`,
  );
