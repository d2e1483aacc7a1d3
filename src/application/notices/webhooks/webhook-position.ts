import { either as E, taskEither as TE } from 'fp-ts';
import { storedPosition } from '../../kernel/process/kept-checkpoint.js';
import { type EventFeed, type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type Clock } from '../../ports/ports.js';
import { type Build, type ReadModels, type ReadModelsError } from '../../ports/read-models.js';
import { type IntegrationEvent } from '../relay/integration-event.js';
import { relayedStreams } from '../relay/to-integration-events.js';
import { toldByWebhook } from './webhook-message.js';
import { type Webhook } from './webhook.js';
import { type WebhookDocument } from './webhooks-view.js';

type OfReplay = Pick<Webhook, 'endpointId' | 'replays'>;

/** How far an endpoint is; each replay begins a new one. */
export const webhookCheckpoint = ({ endpointId, replays }: OfReplay): Build => ({
  view: `webhook-${endpointId}`,
  version: 1,
  build: replays + 1,
});

/** Those that still count: of the endpoint as it is, and of how far it had come before it was last replayed. */
export const webhookCheckpoints = ({ endpointId, replays }: OfReplay): ReadonlyArray<Build> =>
  [replays, replays - 1].filter((each) => each >= 0).map((each) => webhookCheckpoint({ endpointId, replays: each }));

/** Where an endpoint began, or stood when it was last replayed: what came later is owed to it, whatever is replayed. */
export const owedAfter = (
  readModels: Pick<ReadModels, 'builds' | 'checkpoint'>,
  { endpointId, replays, createdAfter }: WebhookDocument,
): TE.TaskEither<ReadModelsError, Position> =>
  replays === 0
    ? TE.right(createdAfter)
    : TE.map((stood: Position) => Math.max(stood, createdAfter))(
        storedPosition(readModels, webhookCheckpoint({ endpointId, replays: replays - 1 })),
      );

/** What an endpoint is to be told of an event; null: nothing. */
export const owedTo = (
  { eventTypes, since, until }: Pick<Webhook, 'eventTypes' | 'since' | 'until'>,
  owed: Position,
  recorded: RecordedEvent,
): IntegrationEvent | null => {
  const { position, recordedAt } = recorded;
  const isReplayed = recordedAt >= since && (until === null || recordedAt < until);
  const told = position > owed || isReplayed ? toldByWebhook(recorded) : null;
  return told !== null && (eventTypes.length === 0 || eventTypes.includes(told.type)) ? told : null;
};

/** So many events that do not concern it the checkpoint of an endpoint may stay behind. */
export const MOST_UNWRITTEN = 500;
const PAGE = 500;
const PAGES = 4;

export interface WebhookLagPorts {
  readonly readModels: Pick<ReadModels, 'builds' | 'checkpoint'>;
  readonly feed: Pick<EventFeed, 'read'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Age of the oldest event that an endpoint is owed and has not come to, milliseconds; 0: there is none. It looks at 2,000 events
 * at most: where none of them is owed, it is the age of the last of them.
 */
export const webhookLag =
  ({ readModels, feed, clock }: WebhookLagPorts) =>
  (webhook: WebhookDocument): TE.TaskEither<'UNAVAILABLE', number> =>
  async () => {
    const owed = await owedAfter(readModels, webhook)();
    const stands = await storedPosition(readModels, webhookCheckpoint(webhook))();
    if (E.isLeft(owed) || E.isLeft(stands)) return E.left('UNAVAILABLE');
    let after = webhook.replays === 0 ? Math.max(stands.right, webhook.createdAfter) : stands.right;
    let oldest: RecordedEvent | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const read = await feed.read(after, { streamPrefixes: relayedStreams, batchSize: PAGE })();
      if (E.isLeft(read)) return E.left('UNAVAILABLE');
      const { events, position, caughtUp } = read.right;
      const found = events.find((recorded) => owedTo(webhook, owed.right, recorded) !== null);
      if (found === undefined && caughtUp) return E.right(0);
      oldest = found ?? events.at(-1) ?? oldest;
      if (found !== undefined) break;
      after = position;
    }
    return E.right(oldest === undefined ? 0 : Math.max(clock.now() - oldest.recordedAt, 0));
  };
