import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { storedPosition } from '../../kernel/process/kept-checkpoint.js';
import { BEGINNING, type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { type Clock } from '../../ports/clock.js';
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

/** All that may be kept of it. */
export const webhookCheckpoints = ({ endpointId, replays }: OfReplay): ReadonlyArray<Build> =>
  Array.from({ length: replays + 1 }, (_, each) => webhookCheckpoint({ endpointId, replays: each }));

interface Owed {
  /** What came later is owed to it, whatever is replayed. */
  readonly after: Position;
  /** Checkpoints before its last replay that another one has overtaken. */
  readonly overtaken: ReadonlyArray<Build>;
}

/** Where an endpoint began, or how far it had come before it was last replayed: a replay may be over before it has come as far as that. */
export const owedTo = (
  readModels: Pick<ReadModels, 'builds' | 'checkpoint'>,
  webhook: WebhookDocument,
): TE.TaskEither<ReadModelsError, Owed> => {
  const own = webhookCheckpoint(webhook);
  const latestFirst = (builds: ReadonlyArray<Build>) =>
    builds.filter(({ build }) => build < own.build).toSorted((one, other) => other.build - one.build);
  return F.pipe(
    readModels.builds(own.view),
    TE.map(({ all }) => latestFirst(all)),
    TE.flatMap((earlier) =>
      F.pipe(
        earlier,
        TE.traverseArray(readModels.checkpoint),
        TE.map((positions) => {
          const furthest = Math.max(BEGINNING, ...positions);
          const kept = positions.indexOf(furthest);
          return { after: Math.max(furthest, webhook.createdAfter), overtaken: earlier.filter((_, at) => at !== kept) };
        }),
      ),
    ),
  );
};

/** What an endpoint is to be told of an event; null: nothing. */
export const toldOf = (
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
    const owed = await owedTo(readModels, webhook)();
    const stands = await storedPosition(readModels, webhookCheckpoint(webhook))();
    if (E.isLeft(owed) || E.isLeft(stands)) return E.left('UNAVAILABLE');
    let after = webhook.replays === 0 ? Math.max(stands.right, webhook.createdAfter) : stands.right;
    let oldest: RecordedEvent | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const read = await feed.read(after, { streamPrefixes: relayedStreams, batchSize: PAGE })();
      if (E.isLeft(read)) return E.left('UNAVAILABLE');
      const { events, position, caughtUp } = read.right;
      const found = events.find((recorded) => toldOf(webhook, owed.right.after, recorded) !== null);
      if (found === undefined && caughtUp) return E.right(0);
      oldest = found ?? events.at(-1) ?? oldest;
      if (found !== undefined) break;
      after = position;
    }
    return E.right(oldest === undefined ? 0 : Math.max(clock.now() - oldest.recordedAt, 0));
  };
