import { setImmediate } from 'node:timers/promises';
import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { type Item } from '../../../../src/application/kernel/process/process.js';
import { type IntegrationEvent } from '../../../../src/application/notices/relay/integration-event.js';
import { courier } from '../../../../src/application/notices/webhooks/courier.js';
import { deliveriesView, type DeliveryDocument } from '../../../../src/application/notices/webhooks/deliveries-view.js';
import { DELIVERY_STREAMS, deliveryId } from '../../../../src/application/notices/webhooks/delivery.js';
import { toldByWebhook } from '../../../../src/application/notices/webhooks/webhook-message.js';
import { type WebhookEvent } from '../../../../src/application/notices/webhooks/webhook-events.js';
import { webhooksView } from '../../../../src/application/notices/webhooks/webhooks-view.js';
import { NO_STREAM, type RecordedEvent } from '../../../../src/application/ports/event-store.js';
import { uuidIds } from '../../../../src/infrastructure/system/uuid-ids.js';
import { answerOf } from '../../../support/answer-of.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics } from '../../../support/in-memory/quiet.js';
import { movedClock } from '../../../support/moved-clock.js';

const HOUR = 3_600_000;
const STREAM = 'webhook-endpoint-1';
const by = { endpointId: 'endpoint-1', actor: 'olga', reason: 'a test' };

const began = async () => {
  const eventStore = new InMemoryEventStore();
  const clock = movedClock();
  const append = async (streamId: string, ...events: ReadonlyArray<{ readonly type: string }>) => {
    const metadata = { correlationId: 'test' };
    const appended = events.map((event, index) => ({ id: `${streamId}/${index}`, event, metadata }));
    await answerOf(eventStore.append(streamId, NO_STREAM, appended));
    return answerOf(eventStore.readStream(streamId, 0, 100));
  };
  const created: WebhookEvent = { type: 'WebhookCreated', ...by, url: 'https://shop', eventTypes: [], at: clock.now() };
  const [first] = await append(STREAM, created);
  const webhook = first === undefined ? null : webhooksView.fold(null, first, 'endpoint-1');
  if (webhook === null) throw new Error('It was created');

  const raised: string[] = [];
  const got: string[] = [];
  let isUp = false;
  /** As the view has it. */
  const documentOf = async (id: string): Promise<DeliveryDocument | null> =>
    (await answerOf(eventStore.readStream(`${DELIVERY_STREAMS}${id}`, 0, 100))).reduce<DeliveryDocument | null>(
      (known, recorded) => deliveriesView.fold(known, recorded, id),
      null,
    );
  const one = courier(
    {
      eventStore,
      clock,
      snapshots: noSnapshots,
      logger: recordingLog(),
      ids: uuidIds,
      metrics: recordingMetrics(),
      alerts: {
        raise: ({ title }) => {
          raised.push(title);
          return TE.right(undefined);
        },
      },
      sender: {
        send: (_, { id }) => {
          if (!isUp) return TE.left({ failure: 'it is away', isGone: false });
          got.push(id);
          return TE.right(undefined);
        },
      },
      secretOf: () => 'whsec_c2VjcmV0',
      firstPauseMs: 5_000,
      giveUpAfterMs: 24 * HOUR,
    },
    {
      get: (view, id) =>
        TE.map(O.map((found) => view.schema.parse(found)))(
          TE.fromTask(async () => O.fromNullable(await documentOf(id))),
        ),
    },
    webhook,
    webhook.createdAfter,
  );
  const pausing = (name: string) => ({ type: 'CouponPaused', couponId: name, actor: 'olga', reason: 'x', at: 0 });
  const batchOf = async (...names: ReadonlyArray<string>): Promise<ReadonlyArray<Item<IntegrationEvent>>> => {
    const recorded: RecordedEvent[] = [];
    for (const name of names) recorded.push(...(await append(`coupon-${name}`, pausing(name))));
    return recorded.flatMap((each) => {
      const work = toldByWebhook(each);
      return work === null ? [] : [{ recorded: each, work }];
    });
  };
  const act = (items: ReadonlyArray<Item<IntegrationEvent>>): Promise<void> =>
    one.process.act(items, { after: 0, signal: new AbortController().signal });
  /** Lets time pass until it is done, and waits no longer than an hour of it. */
  const inTime = async (acting: Promise<void>): Promise<string> => {
    let end = 'it still waits';
    const ending = acting.then(
      () => (end = 'done'),
      (fault: unknown) => (end = String(fault)),
    );
    for (const until = clock.elapsed() + HOUR; end === 'it still waits' && clock.elapsed() < until; clock.move(1_000))
      await Promise.race([ending, setImmediate()]);
    return end;
  };
  const happens = async (...names: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
    const items = await batchOf(...names);
    await act(items);
    return items.map(({ recorded }) => deliveryId({ endpointId: 'endpoint-1', messageId: recorded.id }));
  };
  const typesOf = async (streamId: string) =>
    (await answerOf(eventStore.readStream(streamId, 0, 100))).map(({ event }) => event.type);
  const comesUp = (): void => void (isUp = true);
  return { one, clock, eventStore, batchOf, act, inTime, happens, documentOf, typesOf, raised, got, comesUp };
};

test('one message that is refused for a day is a dead letter; its endpoint goes on', async () => {
  const { one, clock, happens, documentOf, typesOf, raised } = await began();
  const [id = ''] = await happens('odd');
  let tries = 1;
  for (let document = await documentOf(id); document?.nextAttemptAt != null; document = await documentOf(id)) {
    clock.move(document.nextAttemptAt - clock.now());
    expect(await one.retry(id)).toEqual(E.right(undefined));
    tries += 1;
  }
  expect(await documentOf(id)).toMatchObject({ status: 'DEAD', attempts: tries, nextAttemptAt: null });
  expect(tries).toBe(31);
  expect([raised, await typesOf(STREAM)]).toEqual([[], ['WebhookCreated']]);
});

test('an endpoint that is away for a day is paused, with an alert, and nothing is given up', async () => {
  const { one, clock, happens, documentOf, typesOf, raised } = await began();
  const [id = ''] = await happens('a', 'b', 'c', 'd', 'e');
  clock.move(23 * HOUR);
  await one.retry(id);
  expect([raised, one.awayMs()]).toEqual([[], 23 * HOUR]);
  clock.move(2 * HOUR);
  await one.retry(id);
  expect(await typesOf(STREAM)).toEqual(['WebhookCreated', 'WebhookPaused']);
  expect(raised).toEqual(['A webhook is paused']);
  expect(await documentOf(id)).toMatchObject({ status: 'FAILING' });
});

test('while it is away nothing is tried before its time, and what gets through is done with', async () => {
  const { one, clock, happens, documentOf, comesUp } = await began();
  const [id = ''] = await happens('a', 'b', 'c', 'd', 'e');
  const early = await one.retry(id);
  expect(E.isLeft(early) && early.left.notBefore).toBe(clock.now() + 5_000);
  expect(await documentOf(id)).toMatchObject({ attempts: 1 });
  comesUp();
  clock.move(5_000);
  expect(await one.retry(id)).toEqual(E.right(undefined));
  expect([await documentOf(id), one.awayMs()]).toEqual([null, 0]);
});

test('while it is away, a failure that could not be recorded holds up nothing once it is back', async () => {
  const { eventStore, batchOf, act, inTime, happens, got, comesUp } = await began();
  await happens('a', 'b', 'c', 'd', 'e');
  const items = await batchOf('f', 'g');
  eventStore.unavailable = true;
  expect(await inTime(act(items))).toContain('EventStoreUnavailable');
  eventStore.unavailable = false;
  comesUp();
  expect(await inTime(act(items))).toBe('done');
  expect(got).toEqual(items.map(({ recorded }) => recorded.id));
});
