import { type RecordedEvent } from '../../ports/event-store.js';
import { type MessageLog } from '../../ports/message-log.js';
import { type Build } from '../../ports/read-models.js';
import { type Process } from '../../kernel/process/process.js';
import { orThrow } from '../../kernel/or-throw.js';
import {
  COUPON_EVENTS,
  DATA_PLATFORM,
  EVENT_OPEN,
  ORDER_EVENTS,
  PAYMENT_EVENTS,
} from '../../kernel/messaging/topics.js';
import { inSpan, type SpanOptions } from '../../kernel/tracing/in-span.js';
import { type IntegrationEvent } from './integration-event.js';
import { integrationMessageOf } from './integration-message.js';
import { resumePoint } from './resume-point.js';
import { relayedStreams, toIntegrationEvents } from './to-integration-events.js';
import { type Ports } from '../../ports/ports.js';

export interface RelayPorts extends Pick<Ports, 'feed' | 'clock' | 'metrics'> {
  readonly log: MessageLog;
}

export const relayCheckpoint: Build = { view: 'relay', version: 1, build: 1 };

/** What the outside is told: CloudEvents. */
export const relayedTopics = [COUPON_EVENTS, ORDER_EVENTS, PAYMENT_EVENTS, EVENT_OPEN, DATA_PLATFORM];

const spanOf = ({ metadata: { traceparent } }: RecordedEvent, topic: string): SpanOptions => {
  const span = { kind: 'producer', attributes: { 'messaging.destination.name': topic } } as const;
  return traceparent === undefined ? span : { ...span, parent: traceparent };
};

/** The labels of each topic, kept: they are counted with by the thousand. */
const labelsOf = new Map(relayedTopics.map((topic) => [topic, Object.freeze({ topic })] as const));

/**
 * Tells the outside what happened: every event of the store becomes its messages on the log, in order per key, at least
 * once; after a crash the last are told again, with the same event ids. A checkpoint that was lost is found again on the
 * log.
 */
export const relay = (ports: RelayPorts): Process<ReadonlyArray<IntegrationEvent>> => {
  const { log, metrics, clock } = ports;
  return {
    name: 'relay',
    streamPrefixes: relayedStreams,
    checkpoint: relayCheckpoint,
    beginsAt: async () => orThrow(await resumePoint(ports, relayedTopics)()),
    batchSize: 500,
    look: (recorded) => {
      const told = toIntegrationEvents(recorded);
      return told.length === 0 ? null : told;
    },
    act: async (items, { after }) => {
      const publishing: Promise<void>[] = [];
      for (const { recorded, work } of items) {
        for (const told of work) {
          const { topic } = told;
          const publish = async (traceparent: string | undefined): Promise<void> => {
            orThrow(await log.publish(topic, integrationMessageOf(recorded, told, after, traceparent))());
            const seconds = (clock.now() - recorded.recordedAt) / 1_000;
            metrics.observe('relay_latency_seconds', seconds, labelsOf.get(topic), traceparent);
          };
          publishing.push(inSpan('relay', spanOf(recorded, topic), publish));
        }
      }
      await Promise.all(publishing);
    },
  };
};
