import { z } from 'zod';
import { either as E } from 'fp-ts';
import { type Decider } from '../../../domain/decider.js';
import { type EventOf, eventSchemas } from '../../kernel/events/event-schemas.js';
import { aggregateOf } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';

/** A message that did not get through at once: whose it is, and the event it tells of. */
const delivery = {
  endpointId: z.string(),
  messageId: z.string(),
  eventType: z.string(),
  sourceStream: z.string(),
  sourceRevision: z.number(),
};
export type Delivery = Readonly<z.infer<z.ZodObject<typeof delivery>>>;

const failed = z.object({
  ...delivery,
  /** Of this message, from 1. */
  attempt: z.number(),
  firstFailedAt: z.number(),
  failure: z.string(),
  /** Null: it was tried for long enough, and is a dead letter. */
  nextAttemptAt: z.number().nullable(),
  at: z.number(),
});
const delivered = z.object({ ...delivery, at: z.number() });
/** A dead letter that an operator wants to be tried again. */
const retried = z.object({ ...delivery, actor: z.string(), reason: z.string(), at: z.number() });

export type DeliveryEvent =
  | EventOf<'WebhookDeliveryFailed', typeof failed>
  | EventOf<'WebhookDelivered', typeof delivered>
  | EventOf<'WebhookDeliveryRetried', typeof retried>;

export const DELIVERY_STREAMS = 'webhookDelivery-';
export const deliveryId = ({ endpointId, messageId }: Pick<Delivery, 'endpointId' | 'messageId'>): string =>
  `${endpointId}.${messageId}`;

export const sourceOf = ({ endpointId, messageId, eventType, sourceStream, sourceRevision }: Delivery): Delivery => ({
  endpointId,
  messageId,
  eventType,
  sourceStream,
  sourceRevision,
});

/** A dead letter for a reason of our own, before its time is over. */
export const asGivenUp = (
  failing: Delivery & { readonly attempts: number; readonly firstFailedAt: number },
  failure: string,
  at: number,
): DeliveryEvent => {
  const { attempts, firstFailedAt } = failing;
  const attempt = { attempt: attempts + 1, firstFailedAt, failure, nextAttemptAt: null, at };
  return { ...sourceOf(failing), type: 'WebhookDeliveryFailed', ...attempt };
};

export const isDeliveryEvent = eventSchemas<DeliveryEvent>()({
  WebhookDeliveryFailed: failed,
  WebhookDelivered: delivered,
  WebhookDeliveryRetried: retried,
});

interface State {
  readonly status: 'NONE' | 'FAILING' | 'DEAD';
  readonly attempts: number;
}

const NONE: State = { status: 'NONE', attempts: 0 };

const evolve = (_: State, event: DeliveryEvent): State => {
  switch (event.type) {
    case 'WebhookDeliveryFailed':
      return { status: event.nextAttemptAt === null ? 'DEAD' : 'FAILING', attempts: event.attempt };
    case 'WebhookDelivered':
      return NONE;
    case 'WebhookDeliveryRetried':
      return { status: 'FAILING', attempts: 0 };
  }
};

/** A command is the event it asks for. An attempt is recorded once, whoever else made it too. */
const decide = (command: DeliveryEvent, { status, attempts }: State): E.Either<never, ReadonlyArray<DeliveryEvent>> => {
  const isNext = status === 'FAILING' ? attempts + 1 : 1;
  switch (command.type) {
    case 'WebhookDeliveryFailed':
      return E.right(command.attempt === isNext ? [command] : []);
    case 'WebhookDelivered':
      return E.right(status === 'NONE' ? [] : [command]);
    case 'WebhookDeliveryRetried':
      return E.right(status === 'DEAD' ? [command] : []);
  }
};

const decider: Decider<State, DeliveryEvent, DeliveryEvent, never> = { initial: NONE, evolve, decide };
export const webhookDeliveryAggregate = aggregateOf(decider, isDeliveryEvent);

export const handleDelivery = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(
    decider,
    webhookDeliveryAggregate,
    (command: DeliveryEvent) => `${DELIVERY_STREAMS}${deliveryId(command)}`,
  );
