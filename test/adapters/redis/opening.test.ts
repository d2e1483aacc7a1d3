import { either as E } from 'fp-ts';
import {
  connectRedis,
  redisClock,
  type RedisConnection,
  redisLeases,
  redisReadModels,
  redisReminders,
} from '../../../src/adapters/redis/index.js';
import { runDeadlines } from '../../../src/application/kernel/process/deadlines/run-deadlines.js';
import { type Leading, whileLeading } from '../../../src/application/kernel/process/while-leading.js';
import { awaitVisibleIn } from '../../../src/application/kernel/projection/await-visible.js';
import { projectionOf } from '../../../src/application/kernel/projection/projection.js';
import { type Projections, startProjections } from '../../../src/application/kernel/projection/start-projections.js';
import { allDeadlinesView } from '../../../src/application/operating/all-projections.js';
import { type EventFeed } from '../../../src/application/ports/event-feed.js';
import { eventsView } from '../../../src/application/shop-event/events.js';
import { openDueEvents } from '../../../src/application/shop-event/open-due-events.js';
import { openEvent } from '../../../src/application/shop-event/open-event.js';
import { OPENING, openWhenDue } from '../../../src/application/shop-event/opening-deadline.js';
import { eventStream } from '../../../src/application/shop-event/sale-aggregate.js';
import { scheduleEvent } from '../../../src/application/shop-event/schedule-event.js';
import { right } from '../../application/shop-event/setting.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { type OwnRedis, startOwnRedis } from '../../support/engines/own-redis.js';
import { eventually } from '../../support/eventually.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { noSnapshots } from '../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics, wallClock } from '../../support/in-memory/quiet.js';
import { accessTo } from './access-to.js';

const HOUR = 3_600_000;

await describeWith('redis', () => {
  let server: OwnRedis;
  let store: InMemoryEventStore;
  let projections: Projections | undefined;
  const connections: RedisConnection[] = [];
  const leading: Leading[] = [];
  let next = 0;

  beforeEach(async () => {
    server = await startOwnRedis();
    store = new InMemoryEventStore(Date.now);
  });
  afterEach(async () => {
    await Promise.all(leading.splice(0).map(({ stop }) => stop()));
    await projections?.stop();
    projections = undefined;
    await Promise.all(connections.splice(0).map(({ close }) => close()));
    await server.stop();
  });

  /** One process; `user` is who it is to Redis. */
  const process_ = async (user = '') => {
    const url = new URL(server.url);
    [url.username, url.password] = user === '' ? ['', ''] : [user, 'secret'];
    const log = recordingLog();
    const connection = await connectRedis(accessTo(url.href), log, { hotMs: 2_000 });
    connections.push(connection);
    const readModels = redisReadModels(connection, log);
    const leases = redisLeases(connection, log, 1_000);
    const shared = { readModels, log, clock: wallClock, metrics: recordingMetrics() };
    projections ??= startProjections({ ...shared, feed: store, leases })([
      projectionOf(eventsView),
      projectionOf(allDeadlinesView),
    ]);
    const ports = {
      ...shared,
      eventStore: store,
      snapshots: noSnapshots,
      logger: log,
      secondClock: redisClock(connection, log),
      reminders: redisReminders(connection, log),
      ids: { next: () => `id-${(next += 1)}` },
      awaitVisible: awaitVisibleIn(shared, 5_000)(eventsView),
    };
    const open = openEvent(ports);
    /** A feed that tells this process of nothing: the hint that would wake it is lost. */
    const deaf: EventFeed = {
      ...store,
      read: store.read,
      head: store.head,
      subscribe: () => ({ stop: async () => undefined }),
    };
    const handlers = { [OPENING]: openWhenDue({ ...ports, openEvent: open }) };
    return {
      schedule: (eventId: string, opensAt: number) =>
        right(scheduleEvent(ports)({ eventId, name: eventId, opensAt, scheduleId: null, correlationId: 'test' })),
      scheduler: (lookMs: number): void =>
        void leading.push(
          whileLeading(
            { leases, clock: wallClock, log },
            'deadlines',
            runDeadlines({ ...ports, feed: deaf }, allDeadlinesView, handlers, lookMs),
          ),
        ),
      sweep: openDueEvents({ ...shared, openEvent: open, logger: log }),
      leads: () => eventually(() => log.lines.includes('info leading')),
      hears: () => eventually(async () => /pubsub_channels:1/.test(await connection.steady.info('stats'))),
    };
  };
  const withoutConfig = async (): Promise<void> => {
    const operator = await connectRedis(accessTo(server.url), recordingLog(), { hotMs: 2_000 });
    await operator.steady.call('ACL', 'SETUSER', 'guest', 'on', '>secret', '~*', '&*', '+@all', '-config');
    await operator.close();
  };
  const typesOf = async (eventId: string) =>
    (await right(store.readStream(eventStream(eventId), 0, 100))).map(({ event }) => event.type);
  const opened = (eventId: string) =>
    eventually(async () => expect(await typesOf(eventId)).toStrictEqual(['EventScheduled', 'EventOpened']));

  it('an event opens when its key expires, though nobody looks for an hour', async () => {
    const scheduler = await process_();
    scheduler.scheduler(HOUR);
    await scheduler.leads();
    await scheduler.hears();
    const opensAt = Date.now() + 700;
    await (await process_()).schedule('gala', opensAt);
    await opened('gala');
    const [, event] = await right(store.readStream(eventStream('gala'), 0, 100));
    expect(event?.recordedAt).toBeGreaterThanOrEqual(opensAt);
  });

  it('an event is found by looking where Redis gives no notice of its key', async () => {
    await withoutConfig();
    const scheduler = await process_('guest');
    scheduler.scheduler(200);
    await scheduler.leads();
    await scheduler.schedule('gala', Date.now() + 500);
    await opened('gala');
  });

  it('an event whose notice was lost and for which nobody looked is opened by the sweep', async () => {
    const sweeper = await process_();
    const opensAt = Date.now() + 300;
    await sweeper.schedule('gala', opensAt);
    expect(await right(sweeper.sweep)).toBe(0);
    await eventually(() => Date.now() > opensAt + 300);
    expect(await typesOf('gala')).toStrictEqual(['EventScheduled']);
    expect(await right(sweeper.sweep)).toBe(1);
    await opened('gala');
  });

  it('of several schedulers that stand by, one opens it; of several sweeps at once, too', async () => {
    const several = [await process_(), await process_(), await process_()];
    several.forEach(({ scheduler }) => scheduler(HOUR));
    await several[0]?.hears();
    const opensAt = Date.now() + 500;
    for (const eventId of ['one', 'two', 'three']) await several[1]?.schedule(eventId, opensAt);
    await eventually(() => Date.now() >= opensAt);
    await Promise.all(several.map(({ sweep }) => sweep()));
    for (const eventId of ['one', 'two', 'three']) await opened(eventId);
    const answers = await Promise.all(several.map(({ sweep }) => sweep()));
    expect(answers).toStrictEqual(several.map(() => E.right(0)));
  });
});
