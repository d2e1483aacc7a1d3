import { taskEither as TE } from 'fp-ts';
import { type WebhookState } from '../../../src/application/notices/webhooks/find-webhooks.js';
import { type OperateWebhooks } from '../../../src/application/notices/webhooks/operate-webhooks.js';

const T0 = Date.UTC(2026, 10, 28);

const failing = {
  endpointId: 'endpoint-1',
  messageId: 'message-1',
  eventType: 'COUPON_ISSUED',
  sourceStream: 'coupon-spring',
  sourceRevision: 7,
  status: 'FAILING',
  attempts: 2,
  firstFailedAt: T0,
  failure: 'it answered 503',
  lastAttemptAt: T0 + 5_000,
  nextAttemptAt: T0 + 20_000,
} as const;

const webhook: WebhookState = {
  endpointId: 'endpoint-1',
  url: 'https://shop.example/doorbuster',
  eventTypes: ['COUPON_ISSUED'],
  status: 'ACTIVE',
  pausedBecause: null,
  generation: 1,
  previous: [],
  replays: 0,
  since: 0,
  until: null,
  createdAt: T0,
  activeSince: T0,
  createdAfter: 0,
  problem: null,
  lagMs: 0,
  failing,
  dead: null,
};

export const fakeWebhookCalls: OperateWebhooks = {
  listWebhooks: () => TE.right([webhook]),
  showWebhook: (endpointId) => TE.right({ ...webhook, endpointId }),
  createWebhook: ({ url, eventTypes }) => TE.right({ ...webhook, url, eventTypes }),
  changeWebhook: ({ endpointId, url = webhook.url }) => TE.right({ ...webhook, endpointId, url }),
  removeWebhook: ({ endpointId }) => TE.right({ endpointId }),
  rotateWebhookSecret: ({ endpointId, overlapMs }) =>
    TE.right({ ...webhook, endpointId, generation: 2, previous: [{ generation: 1, until: T0 + overlapMs }] }),
  showWebhookSecret: (endpointId) => TE.right({ endpointId, secret: 'whsec_c2VjcmV0' }),
  testWebhook: () => TE.right({ messageId: 'message-2', failure: null }),
  replayWebhook: ({ endpointId, since, until }) => TE.right({ ...webhook, endpointId, since, until, replays: 1 }),
  listWebhookDeadLetters: () =>
    TE.right({ items: [{ ...failing, status: 'DEAD', nextAttemptAt: null }], nextCursor: null }),
  retryWebhookDeadLetters: () => TE.right({ retried: 1 }),
};
