import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type Clock } from '../../ports/clock.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { BEGINNING } from '../../ports/event-store.js';
import { type ReadModels } from '../../ports/read-models.js';
import { relayedStreams } from '../relay/to-integration-events.js';
import { webhookCheckpoint } from './courier.js';
import { type DeliveryDocument, deliveriesView } from './deliveries-view.js';
import { MOST_WEBHOOKS } from './run-webhooks.js';
import { type WebhookDocument, webhooksView } from './webhooks-view.js';

export interface FindWebhooksPorts {
  readonly readModels: ReadModels;
  readonly feed: Pick<EventFeed, 'read'>;
  readonly clock: Clock;
}

/** An endpoint, and how it fares. */
export interface WebhookState extends WebhookDocument {
  /** Age of the oldest event it has not come to, milliseconds. */
  readonly lagMs: number;
  /** The message that failed last and is tried again; null: none is. */
  readonly failing: DeliveryDocument | null;
  /** The newest dead letter. */
  readonly dead: DeliveryDocument | null;
}

type Answer<A> = TE.TaskEither<'UNAVAILABLE', A>;

export interface FindWebhooks {
  /** All of them, in order of creation. */
  readonly list: () => Answer<ReadonlyArray<WebhookState>>;
  readonly find: (endpointId: string) => Answer<O.Option<WebhookState>>;
  /** Messages that were given up, the latest first. */
  readonly deadLetters: (
    endpointId: string,
    page: { readonly limit: number; readonly cursor?: string },
  ) => TE.TaskEither<
    'UNAVAILABLE' | 'INVALID_CURSOR',
    { readonly items: ReadonlyArray<DeliveryDocument>; readonly nextCursor: string | null }
  >;
}

export const findWebhooks = ({ readModels, feed, clock }: FindWebhooksPorts): FindWebhooks => {
  const reader = liveReader(readModels);
  const latest = async (endpointId: string, status: DeliveryDocument['status']): Promise<DeliveryDocument | null> => {
    const query = { index: 'deliveries', key: `${endpointId}/${status}`, limit: 1, order: 'descending' } as const;
    const found = await reader.query(deliveriesView, query)();
    return E.isLeft(found) ? null : (found.right.items[0] ?? null);
  };
  const lagOf = async (webhook: WebhookDocument): Promise<number> => {
    const at = await readModels.checkpoint(webhookCheckpoint(webhook))();
    if (E.isLeft(at)) return 0;
    const after = at.right === BEGINNING && webhook.replays === 0 ? webhook.createdAfter : at.right;
    const next = await feed.read(after, { streamPrefixes: relayedStreams, batchSize: 1 })();
    const oldest = E.isLeft(next) ? undefined : next.right.events[0];
    return oldest === undefined ? 0 : Math.max(clock.now() - oldest.recordedAt, 0);
  };
  const state = async (webhook: WebhookDocument): Promise<WebhookState> => {
    const { endpointId } = webhook;
    const [lagMs, failing, dead] = await Promise.all([
      lagOf(webhook),
      latest(endpointId, 'FAILING'),
      latest(endpointId, 'DEAD'),
    ]);
    return { ...webhook, lagMs, failing, dead };
  };
  return {
    list: () => async () => {
      const found = await reader.query(webhooksView, { index: 'all', key: 'all', limit: MOST_WEBHOOKS })();
      return E.isLeft(found) ? E.left('UNAVAILABLE') : E.right(await Promise.all(found.right.items.map(state)));
    },
    find: (endpointId) => async () => {
      const found = await reader.get(webhooksView, endpointId)();
      if (E.isLeft(found)) return E.left('UNAVAILABLE');
      return E.right(O.isNone(found.right) ? O.none : O.some(await state(found.right.value)));
    },
    deadLetters: (endpointId, page) => async () => {
      const query = { index: 'deliveries', key: `${endpointId}/DEAD`, order: 'descending', ...page } as const;
      const found = await reader.page(deliveriesView, query)();
      if (E.isRight(found)) return found;
      return E.left(found.left === 'InvalidCursor' ? 'INVALID_CURSOR' : 'UNAVAILABLE');
    },
  };
};
