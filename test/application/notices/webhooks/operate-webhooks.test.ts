import { either as E, taskEither as TE } from 'fp-ts';
import { secretsAt } from '../../../../src/application/notices/webhooks/courier.js';
import { operateWebhooks } from '../../../../src/application/notices/webhooks/operate-webhooks.js';
import { storedWebhooks } from '../../../../src/application/notices/webhooks/stored-webhooks.js';
import { type WebhookEvent } from '../../../../src/application/notices/webhooks/webhook-events.js';
import { type WebhookDocument, webhooksView } from '../../../../src/application/notices/webhooks/webhooks-view.js';
import { uuidIds } from '../../../../src/infrastructure/system/uuid-ids.js';
import { answerOf } from '../../../support/answer-of.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog, wallClock } from '../../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';

const ENDPOINT = 'endpoint-1';
const DAY = 86_400_000;
const by = { endpointId: ENDPOINT, actor: 'olga', reason: 'a test' };
const created: WebhookEvent = { type: 'WebhookCreated', ...by, url: 'https://old.example', eventTypes: [], at: 0 };

/** As the view has it after these events. */
const documentOf = (...events: ReadonlyArray<WebhookEvent>): WebhookDocument => {
  const document = events.reduce<WebhookDocument | null>((known, event, revision) => {
    const recorded = { id: String(revision), streamId: `webhook-${ENDPOINT}`, revision, position: revision };
    return webhooksView.fold(
      known,
      { ...recorded, event, recordedAt: 0, metadata: { correlationId: 'test' } },
      ENDPOINT,
    );
  }, null);
  if (document === null) throw new Error('It was created');
  return document;
};

/** The view knows of the creation, and of nothing since. */
const operated = async () => {
  const eventStore = new InMemoryEventStore();
  const readModels = new InMemoryReadModels();
  const metadata = { correlationId: 'test' };
  await answerOf(eventStore.append(`webhook-${ENDPOINT}`, -1, [{ id: 'created', event: created, metadata }]));
  const live = { view: webhooksView.name, version: webhooksView.version, build: 1 };
  const document = documentOf(created);
  const entries = webhooksView.entries(document, ENDPOINT);
  await answerOf(readModels.write(live, [{ id: ENDPOINT, document, entries }], { from: -1, to: 0 }));
  await answerOf(readModels.flip(live));
  // Nobody waits for the view: it never comes.
  const clock = { ...wallClock, elapsed: () => performance.now() * 1_000 };
  const calls = operateWebhooks({
    eventStore,
    feed: eventStore,
    readModels,
    clock,
    snapshots: noSnapshots,
    logger: recordingLog(),
    ids: uuidIds,
    sender: { send: () => TE.right(undefined) },
    secretOf: () => 'whsec_c2VjcmV0',
  });
  return { calls, stored: async () => (await answerOf(storedWebhooks(eventStore)))[0] };
};

test('what one operator changed of an endpoint stands, though another changes something else before any view shows it', async () => {
  const { calls, stored } = await operated();
  const said = { ...by, correlationId: 'test' };
  const done = [
    await calls.changeWebhook({ ...said, url: 'https://new.example' })(),
    await calls.changeWebhook({ ...said, paused: true })(),
    await calls.changeWebhook({ ...said, eventTypes: ['COUPON_ISSUED'] })(),
  ];
  expect(done.every(E.isRight)).toBe(true);
  expect(await stored()).toMatchObject({
    url: 'https://new.example',
    status: 'PAUSED',
    eventTypes: ['COUPON_ISSUED'],
  });
});

test('an endpoint that is created again with its id, after an answer that was lost, is one endpoint', async () => {
  const { calls, stored } = await operated();
  const asked = { ...by, url: 'https://old.example', eventTypes: [], correlationId: 'again' };
  expect(await calls.createWebhook(asked)()).toMatchObject({ right: { endpointId: ENDPOINT } });
  expect(await answerOf(calls.listWebhooks())).toHaveLength(1);
  expect(await stored()).toMatchObject({ endpointId: ENDPOINT, createdAt: 0 });
});

test('an endpoint that no view shows yet is not called missing to who has created it', async () => {
  const { calls, stored } = await operated();
  const asked = { ...by, endpointId: 'endpoint-2', url: 'https://new.example', eventTypes: [], correlationId: 'c' };
  expect(await calls.createWebhook(asked)()).toEqual(E.left({ code: 'OUTCOME_UNKNOWN' }));
  expect(await stored()).toBeDefined();
});

describe('the secret of an endpoint that is rotated again while the old one still signs', () => {
  const rotated = (at: number, overlapMs: number): WebhookEvent => ({
    type: 'WebhookSecretRotated',
    ...by,
    at,
    previousUntil: at + overlapMs,
  });
  const signing = (document: WebhookDocument, now: number) =>
    secretsAt((_, generation) => `secret ${generation}`, document, now);

  test('signs as long as was said: the receiver may not have been given the one in between', () => {
    const document = documentOf(created, rotated(1_000, DAY), rotated(2_000, DAY));
    expect(signing(document, 3_000)).toEqual(['secret 3', 'secret 2', 'secret 1']);
    expect(signing(document, 1_000 + DAY)).toEqual(['secret 3', 'secret 2']);
    expect(signing(document, 2_000 + DAY)).toEqual(['secret 3']);
  });

  test('signs no longer where the new one is to sign alone', () => {
    expect(signing(documentOf(created, rotated(1_000, DAY), rotated(2_000, 0)), 2_000)).toEqual(['secret 3']);
  });
});

test('an endpoint that does not exist is not found, rather than shown as one that failed at nothing', async () => {
  const { calls } = await operated();
  const missing = { endpointId: 'endpoint-2', limit: 10 };
  const notFound = E.left({ code: 'WEBHOOK_NOT_FOUND' });
  expect(await calls.listWebhookDeadLetters(missing)()).toEqual(notFound);
  expect(await calls.retryWebhookDeadLetters({ ...by, ...missing, correlationId: 'test' })()).toEqual(notFound);
});
