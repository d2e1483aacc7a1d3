import { taskEither as TE } from 'fp-ts';
import { parkingOf } from '../../../../src/application/kernel/process/parking/parking.js';
import { type Task } from '../../../../src/application/kernel/process/while-leading.js';
import { runWebhooks } from '../../../../src/application/notices/webhooks/run-webhooks.js';
import { type WebhookEvent } from '../../../../src/application/notices/webhooks/webhook-events.js';
import { webhookCheckpoint, webhookLag } from '../../../../src/application/notices/webhooks/webhook-position.js';
import { type WebhookDocument, webhooksView } from '../../../../src/application/notices/webhooks/webhooks-view.js';
import { allDeadlinesView } from '../../../../src/application/operating/all-projections.js';
import { BEGINNING, type EventBody } from '../../../../src/application/ports/event-store.js';
import { uuidIds } from '../../../../src/infrastructure/system/uuid-ids.js';
import { answerOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics, wallClock } from '../../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';

const ENDPOINT = 'endpoint-1';
const by = { endpointId: ENDPOINT, actor: 'olga', reason: 'a test' };
const live = { view: webhooksView.name, version: webhooksView.version, build: 1 };
const checkpointOf = (replays: number) => webhookCheckpoint({ endpointId: ENDPOINT, replays });

const setting = () => {
  let now = 0;
  const eventStore = new InMemoryEventStore(() => now);
  const readModels = new InMemoryReadModels();
  // As long as it waits is of no interest here.
  const clock = { ...wallClock, now: () => now, wakeIn: (_: number, wake: () => void) => wallClock.wakeIn(1, wake) };
  const running: Task[] = [];
  let ids = 0;
  const append = async (streamId: string, event: EventBody) => {
    const revision = await answerOf(eventStore.lastRevision(streamId));
    const recorded = { id: `event-${(ids += 1)}`, event, metadata: { correlationId: 'test' } };
    return answerOf(eventStore.append(streamId, revision, [recorded]));
  };
  let document: WebhookDocument | null = null;
  let seen = BEGINNING;
  /** As the projector has it. */
  const webhook = async (event: WebhookEvent): Promise<void> => {
    const { position, revision } = await append(`webhook-${ENDPOINT}`, event);
    const [recorded] = await answerOf(eventStore.readStream(`webhook-${ENDPOINT}`, revision, 1));
    if (recorded !== undefined) document = webhooksView.fold(document, recorded, ENDPOINT);
    const entries = document === null ? [] : webhooksView.entries(document, ENDPOINT);
    await answerOf(readModels.write(live, [{ id: ENDPOINT, document, entries }], { from: seen, to: position }));
    await answerOf(readModels.flip(live));
    seen = position;
  };
  const ports = {
    eventStore,
    readModels,
    clock,
    feed: eventStore,
    snapshots: noSnapshots,
    ids: uuidIds,
    alerts: { raise: () => TE.right(undefined) },
    deadlines: allDeadlinesView,
    parkedStreams: {
      open: async () => parkingOf(() => null),
      fresh: () => parkingOf(() => null),
      replace: async () => undefined,
    },
    secretOf: () => 'whsec_c2VjcmV0',
    firstPauseMs: 1,
    giveUpAfterMs: 1_000,
  };
  return {
    readModels,
    webhook,
    create: (eventTypes: ReadonlyArray<string> = []) =>
      webhook({ type: 'WebhookCreated', ...by, url: 'https://shop', eventTypes, at: now }),
    replay: (since: number, until: number | null) => webhook({ type: 'WebhookReplayed', ...by, since, until, at: now }),
    happensAt: async (at: number, couponId: string, type = 'CouponPaused'): Promise<void> => {
      now = at;
      const event = { type, couponId, actor: 'olga', reason: 'x', at };
      await append(`coupon-${couponId}`, event);
    },
    isAt: (at: number) => void (now = at),
    lagMs: async () => (document === null ? null : answerOf(webhookLag(ports)(document))),
    /** A process that may deliver: `taken` are the coupons that it told of. */
    process: () => {
      const taken: string[] = [];
      const log = recordingLog();
      const sender = {
        send: (_: object, { body }: { readonly body: string }) => {
          taken.push(JSON.parse(body).couponId);
          return TE.right(undefined);
        },
      };
      const { begin, standBy } = runWebhooks({ ...ports, sender, log, logger: log, metrics: recordingMetrics() });
      let hasSteppedDown = false;
      return {
        taken,
        standBy,
        hasSteppedDown: () => hasSteppedDown,
        lead: async (): Promise<Task> => {
          const task = await begin(() => (hasSteppedDown = true));
          running.push(task);
          return task;
        },
      };
    },
    keptBuilds: async () =>
      (await answerOf(readModels.builds(checkpointOf(0).view))).all.map(({ build }) => build).sort(),
    stop: () => Promise.all(running.splice(0).map((task) => task.stop())),
  };
};

let world: ReturnType<typeof setting>;
beforeEach(() => (world = setting()));
afterEach(() => world.stop());

test('of two processes that both deliver, one steps down, and the other goes on', async () => {
  const { create, happensAt, process } = world;
  await create();
  const [one, other] = [process(), process()];
  const tasks = [await one.lead(), await other.lead()];
  let at = 0;
  await eventually(async () => {
    await happensAt((at += 1), 'both');
    expect([one.hasSteppedDown(), other.hasSteppedDown()].filter(Boolean)).toHaveLength(1);
  });
  const [down, up] = one.hasSteppedDown() ? [0, other] : [1, one];
  await tasks[down]?.stop();
  await happensAt((at += 1), 'alone');
  await eventually(() => expect(up.taken.filter((couponId) => couponId === 'alone')).toHaveLength(1));
  expect(up.hasSteppedDown()).toBe(false);
});

test('who stood by goes on from where the other one was, though the store of checkpoints was wiped', async () => {
  const { create, happensAt, process, readModels } = world;
  await create();
  const [leader, standby] = [process(), process()];
  const task = await leader.lead();
  await happensAt(1, 'a');
  await eventually(async () => expect(await answerOf(readModels.checkpoint(checkpointOf(0)))).toBeGreaterThan(1));
  await standby.standBy();
  await task.stop();
  await answerOf(readModels.drop(checkpointOf(0)));
  await happensAt(2, 'b');
  await standby.lead();
  await eventually(() => expect(standby.taken).toEqual(['b']));
});

test('a replay to an end delivers what was recorded in between, and goes on where the endpoint stood', async () => {
  const { create, replay, happensAt, process } = world;
  await create();
  const one = process();
  await one.lead();
  for (const at of [10, 20, 30]) await happensAt(at, `at-${at}`);
  await eventually(() => expect(one.taken.toSorted()).toEqual(['at-10', 'at-20', 'at-30']));
  one.taken.splice(0);
  await replay(15, 25);
  await happensAt(40, 'at-40');
  await eventually(() => expect(one.taken.toSorted()).toEqual(['at-20', 'at-40']));
});

test('a replay that is asked for again before the first has come far goes on where the endpoint stood, too', async () => {
  const { create, replay, happensAt, process, webhook } = world;
  await create();
  const one = process();
  await one.lead();
  for (const at of [10, 20, 30]) await happensAt(at, `at-${at}`);
  await eventually(() => expect(one.taken.toSorted()).toEqual(['at-10', 'at-20', 'at-30']));
  one.taken.splice(0);
  await webhook({ type: 'WebhookPaused', ...by, at: 31 });
  await replay(5, 25);
  await replay(15, 25);
  await webhook({ type: 'WebhookResumed', ...by, at: 32 });
  await eventually(() => expect(one.taken).toContain('at-20'));
  await happensAt(40, 'at-40');
  await eventually(() => expect(one.taken).toContain('at-40'));
  expect(one.taken.toSorted()).toEqual(['at-20', 'at-40']);
});

test('a replay leaves out nothing that was not delivered yet, however late it begins', async () => {
  const { create, replay, happensAt, process, webhook } = world;
  await create();
  await webhook({ type: 'WebhookPaused', ...by, at: 1 });
  await happensAt(10, 'missed');
  await replay(1_000, null);
  await webhook({ type: 'WebhookResumed', ...by, at: 20 });
  const one = process();
  await one.lead();
  await eventually(() => expect(one.taken).toEqual(['missed']));
});

test('of an endpoint two checkpoints are kept, its own and the furthest before its last replay; none when it is deleted', async () => {
  const { create, replay, happensAt, process, webhook, keptBuilds, readModels } = world;
  const at = (replays: number) => answerOf(readModels.checkpoint(checkpointOf(replays)));
  await create();
  const one = process();
  await one.lead();
  await happensAt(10, 'a');
  for (let times = 1; times <= 3; times += 1) {
    await replay(0, null);
    await eventually(() => expect(one.taken).toHaveLength(1 + times));
    await eventually(async () => expect(await keptBuilds()).toEqual([times, times + 1]));
    await eventually(async () => (await at(times)) >= (await at(times - 1)));
  }
  await webhook({ type: 'WebhookDeleted', ...by, at: 20 });
  await eventually(async () => expect(await keptBuilds()).toEqual([]));
});

test('an endpoint is not behind for what it does not ask for', async () => {
  const { create, happensAt, isAt, lagMs, process } = world;
  await create(['COUPON_PAUSED']);
  for (let times = 0; times < 600; times += 1) await happensAt(1_000, 'a', 'CouponResumed');
  expect(await lagMs()).toBe(0);
  await happensAt(2_000, 'a');
  isAt(5_000);
  expect(await lagMs()).toBe(3_000);
  const one = process();
  await one.lead();
  await eventually(async () => expect([one.taken, await lagMs()]).toEqual([['a'], 0]));
});
