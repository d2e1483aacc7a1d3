import { either as E, option as O } from 'fp-ts';
import { orThrow } from '../../kernel/or-throw.js';
import { boundedTasks } from '../../kernel/process/deadlines/bounded-tasks.js';
import { type CarriedOut } from '../../kernel/process/deadlines/deadline.js';
import { type InBatches, type Item } from '../../kernel/process/process.js';
import { type LiveReader } from '../../kernel/projection/live-reader.js';
import { pause } from '../../kernel/projection/pause.js';
import { type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { BEGINNING, type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type Ports } from '../../ports/ports.js';
import { type NotDelivered, type WebhookSecretOf, type WebhookSender } from '../../ports/webhook-sender.js';
import { type IntegrationEvent } from '../relay/integration-event.js';
import { relayedStreams } from '../relay/to-integration-events.js';
import { deliveriesView, type DeliveryDocument } from './deliveries-view.js';
import { asGivenUp, type Delivery, type DeliveryEvent, handleDelivery, sourceOf } from './delivery.js';
import { toldByWebhook, webhookMessage } from './webhook-message.js';
import { MOST_UNWRITTEN, toldOf, webhookCheckpoint } from './webhook-position.js';
import { handleWebhook } from './webhook.js';
import { type WebhookDocument } from './webhooks-view.js';
import { endpointHealth } from './endpoint-health.js';

export interface CourierPorts extends CommandHandlerPorts, Pick<Ports, 'clock' | 'alerts' | 'metrics'> {
  readonly sender: WebhookSender;
  readonly secretOf: WebhookSecretOf;
  /** Pause before the second attempt; the later ones are longer. Milliseconds. */
  readonly firstPauseMs: number;
  /** How long a message is tried, and how long an endpoint may be away. Milliseconds. */
  readonly giveUpAfterMs: number;
}

/** Delivers to one endpoint. */
export interface Courier {
  /** What follows the events: tells each once, and goes on; the events wait while the receiver is away. */
  readonly process: InBatches<IntegrationEvent>;
  /** The next attempt of a message that failed before. */
  readonly retry: (deliveryId: string) => Promise<CarriedOut>;
  /** As it was changed. */
  readonly update: (webhook: WebhookDocument) => void;
  readonly awayMs: () => number;
}

const SIDE_BY_SIDE = 8;
const BATCH = 100;
const LONGEST_PAUSES = 720;
const BY_ITSELF = 'doorbuster';

/** The secrets that sign at a moment, the newest first. */
export const secretsAt = (
  secretOf: WebhookSecretOf,
  { endpointId, generation, previous }: WebhookDocument,
  now: number,
): ReadonlyArray<string> =>
  [{ generation, until: Infinity }, ...previous]
    .filter(({ until }) => now < until)
    .map((each) => secretOf(endpointId, each.generation));

/** `owed`: what came after it is delivered whatever is replayed. */
export const courier = (
  ports: CourierPorts,
  reader: Pick<LiveReader, 'get'>,
  first: WebhookDocument,
  owed: Position,
): Courier => {
  const { sender, secretOf, clock, alerts, metrics, eventStore, firstPauseMs, giveUpAfterMs } = ports;
  const { endpointId } = first;
  const correlationId = `webhook-${endpointId}`;
  const health = endpointHealth(clock, firstPauseMs);
  const [recordDelivery, operate] = [handleDelivery(ports), handleWebhook(ports)];
  let webhook = first;
  let retrying = 0;

  const send = async (recorded: RecordedEvent, told: IntegrationEvent): Promise<E.Either<NotDelivered, void>> => {
    const address = { url: webhook.url, secrets: secretsAt(secretOf, webhook, clock.now()) };
    const sent = await health.attempt(recorded.id, sender.send(address, webhookMessage(recorded, told)));
    metrics.count('webhook_deliveries_total', { result: E.isRight(sent) ? 'delivered' : 'failed' });
    return sent;
  };
  const record = async (event: DeliveryEvent): Promise<void> => {
    const recorded = await recordDelivery(event, correlationId)();
    if (E.isLeft(recorded)) throw new Error(recorded.left.error);
  };
  const pauseEndpoint = async (reason: string): Promise<void> => {
    const done = await operate(
      { type: 'WebhookPaused', endpointId, actor: BY_ITSELF, reason, at: clock.now() },
      correlationId,
    )();
    if (E.isLeft(done) && done.left.error !== 'Rejected') throw new Error(done.left.error);
    const text = `${webhook.url} gets nothing until it is resumed: ${reason}. Nothing is lost meanwhile.`;
    await alerts.raise({ title: 'A webhook is paused', text, key: `webhook-${endpointId}` })();
  };

  /** What a failure comes to: a later attempt, a dead letter, or an endpoint that is waited for no longer. */
  const failed = async (
    delivery: Delivery,
    { attempts, firstFailedAt }: Pick<DeliveryDocument, 'attempts' | 'firstFailedAt'>,
    { failure, isGone }: NotDelivered,
  ): Promise<void> => {
    const at = clock.now();
    const isOver = at - Math.max(firstFailedAt, webhook.activeSince) >= giveUpAfterMs;
    const isDead = isOver && !isGone && health.awayMs() === 0;
    const nextAttemptAt = isDead ? null : at + firstPauseMs * Math.min(3 ** attempts, LONGEST_PAUSES);
    const attempt = { attempt: attempts + 1, firstFailedAt, failure, nextAttemptAt, at };
    await record({ ...sourceOf(delivery), type: 'WebhookDeliveryFailed', ...attempt });
    if (isGone) await pauseEndpoint(`the receiver wants no more messages (${failure})`);
    else if (isOver && !isDead) await pauseEndpoint(`the receiver was away for too long (${failure})`);
  };

  const tell = async ({ recorded, work }: Item<IntegrationEvent>): Promise<void> => {
    const sent = await send(recorded, work);
    const seconds = (clock.now() - recorded.recordedAt) / 1_000;
    metrics.observe('webhook_latency_seconds', seconds, undefined, recorded.metadata.traceparent);
    if (E.isRight(sent)) return;
    const { id: messageId, streamId: sourceStream, revision: sourceRevision } = recorded;
    const delivery = { endpointId, messageId, eventType: work.type, sourceStream, sourceRevision };
    await failed(delivery, { attempts: 0, firstFailedAt: clock.now() }, sent.left);
  };

  const later = (): CarriedOut => E.left({ reason: 'it waits', notBefore: clock.now() + health.waitMs() });
  const tryAgain = async (delivery: DeliveryDocument): Promise<CarriedOut> => {
    const { sourceStream, sourceRevision, messageId } = delivery;
    const [recorded] = orThrow(await eventStore.readStream(sourceStream, sourceRevision, 1)());
    const told = recorded?.id === messageId ? toldByWebhook(recorded) : null;
    if (recorded === undefined || told === null)
      return E.right(await record(asGivenUp(delivery, 'its event is no longer kept', clock.now())));
    if (!health.mayTry()) return later();
    const sent = await send(recorded, told);
    if (E.isLeft(sent)) return E.right(await failed(delivery, delivery, sent.left));
    return E.right(await record({ ...sourceOf(delivery), type: 'WebhookDelivered', at: clock.now() }));
  };

  return {
    update: (changed) => {
      webhook = changed;
    },
    awayMs: health.awayMs,
    process: {
      name: `webhook-${endpointId}`,
      streamPrefixes: relayedStreams,
      checkpoint: webhookCheckpoint(first),
      beginsAt: () => Promise.resolve(first.replays === 0 ? first.createdAfter : BEGINNING),
      batchSize: BATCH,
      mostUnwritten: MOST_UNWRITTEN,
      look: (recorded) => toldOf(webhook, owed, recorded),
      act: async (items, { signal }) => {
        const tasks = boundedTasks(SIDE_BY_SIDE);
        const faults: unknown[] = [];
        const isOver = (): boolean => signal.aborted || faults.length > 0;
        for (const item of items) {
          await tasks.room();
          while (!isOver() && !health.mayTry()) await pause(clock, health.waitMs(), signal);
          if (isOver()) break;
          tasks.add(() => tell(item).catch((fault: unknown) => void faults.push(fault)));
        }
        await tasks.idle();
        if (faults.length > 0) throw faults[0];
        signal.throwIfAborted();
      },
    },
    retry: async (deliveryId) => {
      if (retrying >= SIDE_BY_SIDE) return later();
      retrying += 1;
      try {
        const found = orThrow(await reader.get(deliveriesView, deliveryId)());
        return O.isNone(found) || found.value.status !== 'FAILING' ? later() : await tryAgain(found.value);
      } finally {
        retrying -= 1;
      }
    },
  };
};
