import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { type WebhookSecretOf } from '../../ports/webhook-sender.js';
import { type DeliveryDocument, deliveriesView } from './deliveries-view.js';
import { MOST_WEBHOOKS } from './run-webhooks.js';
import { webhookLag } from './webhook-position.js';
import { type WebhookDocument, webhooksView } from './webhooks-view.js';
import { type Ports } from '../../ports/ports.js';

export interface FindWebhooksPorts extends Pick<Ports, 'readModels' | 'clock'> {
  readonly feed: Pick<EventFeed, 'read'>;
  /** Null: the shop has no secret to make them of. */
  readonly secretOf: WebhookSecretOf | null;
}

/** An endpoint, and how it fares. */
export interface WebhookState extends WebhookDocument {
  /** Why nothing is delivered to it, whatever its status. */
  readonly problem: 'KEYS_SECRET_MISSING' | null;
  /** Age of the oldest event in line for this endpoint, in milliseconds. */
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

export const findWebhooks = (ports: FindWebhooksPorts): FindWebhooks => {
  const { readModels, secretOf } = ports;
  const reader = liveReader(readModels);
  const latest = async (endpointId: string, status: DeliveryDocument['status']): Promise<DeliveryDocument | null> => {
    const query = { index: 'deliveries', key: `${endpointId}/${status}`, limit: 1, order: 'descending' } as const;
    const found = await reader.query(deliveriesView, query)();
    return E.isLeft(found) ? null : (found.right.items[0] ?? null);
  };
  const lagOf = webhookLag(ports);
  const problem = secretOf === null ? 'KEYS_SECRET_MISSING' : null;
  const state = async (webhook: WebhookDocument): Promise<E.Either<'UNAVAILABLE', WebhookState>> => {
    const { endpointId } = webhook;
    const [lag, failing, dead] = await Promise.all([
      lagOf(webhook)(),
      latest(endpointId, 'FAILING'),
      latest(endpointId, 'DEAD'),
    ]);
    return E.isLeft(lag) ? lag : E.right({ ...webhook, problem, lagMs: lag.right, failing, dead });
  };
  return {
    list: () => async () => {
      const found = await reader.query(webhooksView, { index: 'all', key: 'all', limit: MOST_WEBHOOKS })();
      if (E.isLeft(found)) return E.left('UNAVAILABLE');
      return E.sequenceArray(await Promise.all(found.right.items.map(state)));
    },
    find: (endpointId) => async () => {
      const found = await reader.get(webhooksView, endpointId)();
      if (E.isLeft(found)) return E.left('UNAVAILABLE');
      if (O.isNone(found.right)) return E.right(O.none);
      const one = await state(found.right.value);
      return E.isLeft(one) ? one : E.right(O.some(one.right));
    },
    deadLetters: (endpointId, page) => async () => {
      const query = { index: 'deliveries', key: `${endpointId}/DEAD`, order: 'descending', ...page } as const;
      const found = await reader.page(deliveriesView, query)();
      if (E.isRight(found)) return found;
      return E.left(found.left === 'InvalidCursor' ? 'INVALID_CURSOR' : 'UNAVAILABLE');
    },
  };
};
