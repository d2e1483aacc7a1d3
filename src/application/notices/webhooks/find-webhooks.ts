import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { liveReader, type LivePage, type PageWanted } from '../../kernel/projection/live-reader.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { type Ports } from '../../ports/ports.js';
import { type WebhookSecretOf } from '../../ports/webhook-sender.js';
import { deliveriesView, type DeliveryDocument } from './deliveries-view.js';
import { MOST_WEBHOOKS } from './run-webhooks.js';
import { webhookLag } from './webhook-position.js';
import { type WebhookDocument, webhooksView } from './webhooks-view.js';

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

type Answer<Code, A> = TE.TaskEither<{ readonly code: 'UNAVAILABLE' | Code }, A>;

export interface FindWebhooks {
  /** All of them, in order of creation. */
  readonly list: () => Answer<never, ReadonlyArray<WebhookState>>;
  readonly show: (endpointId: string) => Answer<'WEBHOOK_NOT_FOUND', WebhookState>;
  /** Messages that were given up, the latest first. */
  readonly deadLetters: (
    asked: PageWanted & { readonly endpointId: string },
  ) => Answer<'WEBHOOK_NOT_FOUND' | 'INVALID_CURSOR', LivePage<DeliveryDocument>>;
}

export const findWebhooks = (ports: FindWebhooksPorts): FindWebhooks => {
  const { readModels, secretOf } = ports;
  const reader = liveReader(readModels);
  const known = (endpointId: string): Answer<'WEBHOOK_NOT_FOUND', WebhookDocument> =>
    F.pipe(
      reader.get(webhooksView, endpointId),
      TE.mapLeft(() => ({ code: 'UNAVAILABLE' }) as const),
      TE.flatMap(TE.fromOption(() => ({ code: 'WEBHOOK_NOT_FOUND' }) as const)),
    );
  const latest = async (endpointId: string, status: DeliveryDocument['status']): Promise<DeliveryDocument | null> => {
    const query = { index: 'deliveries', key: `${endpointId}/${status}`, limit: 1, order: 'descending' } as const;
    const found = await reader.query(deliveriesView, query)();
    return E.isLeft(found) ? null : (found.right.items[0] ?? null);
  };
  const lagOf = webhookLag(ports);
  const problem = secretOf === null ? 'KEYS_SECRET_MISSING' : null;
  const state = async (webhook: WebhookDocument): Promise<E.Either<{ readonly code: 'UNAVAILABLE' }, WebhookState>> => {
    const { endpointId } = webhook;
    const [lag, failing, dead] = await Promise.all([
      lagOf(webhook)(),
      latest(endpointId, 'FAILING'),
      latest(endpointId, 'DEAD'),
    ]);
    return E.isLeft(lag)
      ? E.left({ code: lag.left })
      : E.right({ ...webhook, problem, lagMs: lag.right, failing, dead });
  };
  return {
    list: () => async () => {
      const found = await reader.query(webhooksView, { index: 'all', key: 'all', limit: MOST_WEBHOOKS })();
      if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
      return E.sequenceArray(await Promise.all(found.right.items.map(state)));
    },
    show: (endpointId) =>
      F.pipe(
        known(endpointId),
        TE.flatMap((webhook) => () => state(webhook)),
      ),
    deadLetters: ({ endpointId, ...page }) => {
      const dead = { index: 'deliveries', key: `${endpointId}/DEAD`, order: 'descending', ...page } as const;
      return F.pipe(
        known(endpointId),
        TE.flatMap(() => reader.page(deliveriesView, dead)),
      );
    },
  };
};
