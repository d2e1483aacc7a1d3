import { either as E } from 'fp-ts';
import { type Clock } from '../../ports/clock.js';
import { type EventFeed, type FeedBatch } from '../../ports/event-feed.js';
import { BEGINNING, type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type MessageLog } from '../../ports/message-log.js';
import { type Metrics } from '../../ports/metrics.js';
import { type Build, type ReadModelsError } from '../../ports/read-models.js';
import { type KeptCheckpoint } from '../../kernel/process/kept-checkpoint.js';
import { type Task } from '../../kernel/process/while-leading.js';
import { orThrow } from '../../kernel/or-throw.js';
import {
  COUPON_EVENTS,
  DATA_PLATFORM,
  EVENT_OPEN,
  ORDER_EVENTS,
  PAYMENT_EVENTS,
} from '../../kernel/messaging/topics.js';
import { inSpan, type SpanOptions } from '../../kernel/tracing/in-span.js';
import { integrationMessageOf } from './integration-message.js';
import { resumePoint } from './resume-point.js';
import { relayedStreams, toIntegrationEvents } from './to-integration-events.js';

export interface RelayPorts {
  readonly feed: EventFeed;
  readonly log: MessageLog;
  readonly checkpoint: KeptCheckpoint;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

/** Its checkpoint is kept where views keep theirs, and is fenced as theirs are. */
export const relayCheckpoint: Build = { view: 'relay', version: 1, build: 1 };

const relayedTopics = [COUPON_EVENTS, ORDER_EVENTS, PAYMENT_EVENTS, EVENT_OPEN, DATA_PLATFORM];

const spanOf = ({ metadata: { traceparent } }: RecordedEvent, topic: string): SpanOptions => ({
  kind: 'producer',
  ...(traceparent !== undefined && { parent: traceparent }),
  attributes: { 'messaging.destination.name': topic },
});

const publishAll = async (
  { log, metrics, clock }: RelayPorts,
  { events }: FeedBatch,
  from: Position,
): Promise<void> => {
  const publishing: Promise<void>[] = [];
  for (const recorded of events) {
    for (const told of toIntegrationEvents(recorded)) {
      const { topic } = told;
      const publish = async (traceparent: string | undefined): Promise<void> => {
        orThrow(await log.publish(topic, integrationMessageOf(recorded, told, from, traceparent))());
        metrics.observe('relay_latency_seconds', (clock.now() - recorded.recordedAt) / 1000, { topic });
      };
      publishing.push(inSpan('relay', spanOf(recorded, topic), publish));
    }
  }
  await Promise.all(publishing);
};

/** Where this relay goes on. A checkpoint that was lost, with whatever kept it, is found again on the log. */
const checkpointOf = async (ports: RelayPorts): Promise<Position> => {
  const kept = await ports.checkpoint.read();
  if (kept !== BEGINNING) return kept;
  const told = orThrow(await resumePoint(ports, relayedTopics)()());
  if (told === BEGINNING) return BEGINNING;
  orThrow(await ports.checkpoint.moveTo(told));
  return told;
};

/**
 * Tells the outside what happened: every event of the store becomes its messages on the log, in order per key, at least
 * once. The checkpoint follows one batch behind what is told, never ahead of it; after a crash the rest is told again, with
 * the same event ids. Should another relay have moved the checkpoint, this one stops and `overtaken` is called: of two
 * relays one goes on.
 */
export const startRelay = async (ports: RelayPorts, overtaken: () => void): Promise<Task> => {
  let told = await checkpointOf(ports);
  let kept = told;
  let stopped = false;
  const keep = async (): Promise<E.Either<ReadModelsError, void>> => {
    const to = told;
    if (stopped || to === kept) return E.right(undefined);
    const moved = await ports.checkpoint.moveTo(to);
    if (E.isRight(moved)) kept = to;
    else if (moved.left === 'ReadModelsUnavailable') return E.left(moved.left);
    else {
      stopped = true;
      overtaken();
    }
    return E.right(undefined);
  };
  let keeping = keep();
  const relay = async (batch: FeedBatch): Promise<void> => {
    if (stopped) return;
    await publishAll(ports, batch, told);
    // Of the batch before; written while this one was told.
    const before = await keeping;
    orThrow(E.isLeft(before) ? await keep() : before);
    told = batch.position;
    keeping = keep();
  };
  const subscription = ports.feed.subscribe(told, relay, { streamPrefixes: relayedStreams, batchSize: 500 });
  return {
    position: () => told,
    stop: async () => {
      await subscription.stop();
      await keeping;
    },
  };
};
