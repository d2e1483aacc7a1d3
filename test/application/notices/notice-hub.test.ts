import { either as E } from 'fp-ts';
import { type Notice } from '../../../src/application/notices/notice.js';
import { type NoticeHub, startNoticeHub } from '../../../src/application/notices/notice-hub.js';
import { type Position } from '../../../src/application/ports/event-store.js';
import { type Projections, startProjections } from '../../../src/application/kernel/projection/start-projections.js';
import { missedNotices } from '../../../src/application/operating/timeline/missed-notices.js';
import { timelineProjections } from '../../../src/application/operating/timeline/timelines.js';
import { eventually } from '../../support/eventually.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { inMemoryLeases } from '../../support/in-memory/leases.js';
import { recordingLog, recordingMetrics, wallClock } from '../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../support/in-memory/read-models.js';
import { right } from '../shop-event/setting.js';
import { inMemoryPersonalData } from '../../support/in-memory/personal-data.js';

const personalData = inMemoryPersonalData();

interface Heard {
  readonly from: Position;
  readonly resync: boolean;
  readonly notices: Notice[];
}

describe('telling users what happened', () => {
  let store: InMemoryEventStore;
  let readModels: InMemoryReadModels;
  let metrics: ReturnType<typeof recordingMetrics>;
  let projections: Projections;
  let hubs: NoticeHub[];
  let revisions: Map<string, number>;

  beforeEach(() => {
    store = new InMemoryEventStore();
    readModels = new InMemoryReadModels();
    metrics = recordingMetrics();
    hubs = [];
    revisions = new Map();
    projections = startProjections({
      feed: store,
      readModels,
      leases: inMemoryLeases(),
      clock: wallClock,
      log: recordingLog(),
      metrics,
    })(timelineProjections);
  });
  afterEach(async () => {
    await Promise.all([...hubs.map((hub) => hub.stop()), projections.stop()]);
  });

  const startHub = async (feed = store): Promise<NoticeHub> => {
    const hub = await right(
      startNoticeHub({
        feed,
        missedNotices: missedNotices({ readModels, feed: store, clock: wallClock }),
        personalData,
        metrics,
      }),
    );
    hubs.push(hub);
    return hub;
  };
  const append = async (streamId: string, event: { readonly type: string }): Promise<Position> => {
    const revision = revisions.get(streamId) ?? -1;
    const metadata = { correlationId: 'test' };
    const appended = await right(
      store.append(streamId, revision, [{ id: `${streamId}-${revision}`, event, metadata }]),
    );
    revisions.set(streamId, appended.revision);
    return appended.position;
  };
  const issued = (userId: string): Promise<Position> =>
    append('coupon-c1', {
      type: 'CouponIssued',
      ...{ couponId: 'c1', userId, requestId: `r-${userId}`, place: 1, at: 1 },
    });
  const opened = (eventId: string): Promise<Position> =>
    append(`event-${eventId}`, { type: 'EventOpened', ...{ eventId, name: eventId, opensAt: 1, at: 2 } });

  const connect = async (hub: NoticeHub, userId: string, since: Position | null = null) => {
    const heard: { value?: Heard } = {};
    const connected = await hub.connect({
      userId,
      since,
      silentMs: () => 0,
      listener: {
        begin: (from, missed) =>
          void (heard.value = {
            from,
            resync: missed === 'Resync',
            notices: missed === 'Resync' ? [] : [...missed],
          }),
        hear: (notice) => void heard.value?.notices.push(notice),
      },
    })();
    const told = (): Heard => heard.value ?? { from: NaN, resync: false, notices: [] };
    return { connected, told, positions: () => told().notices.map(({ position }) => position) };
  };

  it('tells each what is theirs, and everyone that an event has opened, in order', async () => {
    const hub = await startHub();
    const [ana, ben] = [await connect(hub, 'ana'), await connect(hub, 'ben')];
    const first = await issued('ana');
    const second = await opened('gala');
    const third = await issued('ben');
    await eventually(() => expect(ana.positions()).toStrictEqual([first, second]));
    await eventually(() => expect(ben.positions()).toStrictEqual([second, third]));
    expect(ana.told().notices.map(({ kind }) => kind)).toStrictEqual(['coupon-issued', 'event-open']);
    expect(metrics.values.get('sse_connection_count')).toBe(2);
  });

  it('tells whoever comes back exactly what was missed, on any process, and goes on from there', async () => {
    const hub = await startHub();
    const first = await connect(hub, 'ana');
    const known = await issued('ana');
    await eventually(() => expect(first.positions()).toStrictEqual([known]));
    if (E.isRight(first.connected)) first.connected.right('client');

    const missed = [await opened('gala'), await issued('ana'), await opened('second')];
    await issued('ben');
    const elsewhere = await startHub();
    const back = await connect(elsewhere, 'ana', known);
    const live = await issued('ana');
    await eventually(() => expect(back.positions()).toStrictEqual([...missed, live]));
    expect(back.told().from).toBe(known);
    expect(first.positions()).toStrictEqual([known]);
  });

  it('neither loses nor repeats anything, however often a client goes and comes while things happen', async () => {
    const hub = await startHub();
    const expected: Position[] = [];
    const seen: Position[] = [];
    const happening = (async () => {
      for (let n = 0; n < 150; n += 1) {
        expected.push(n % 3 === 0 ? await opened(`e${n}`) : await issued('ana'));
        await issued(`other-${n}`);
        if (n % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    let since: Position = -1;
    const visit = async (): Promise<void> => {
      const visited = await connect(hub, 'ana', since);
      await new Promise((resolve) => setTimeout(resolve, 2));
      if (E.isRight(visited.connected)) visited.connected.right('client');
      seen.push(...visited.positions());
      since = seen.at(-1) ?? visited.told().from;
    };
    let over = false;
    void happening.then(() => (over = true));
    while (!over) await visit();
    await eventually(async () => {
      await visit();
      expect(seen).toHaveLength(150);
    });
    expect(seen).toStrictEqual(expected);
  });

  it('asks a client to start afresh when it missed more than is told one by one', async () => {
    const hub = await startHub();
    const known = await issued('ana');
    let last = known;
    for (let n = 0; n < 101; n += 1) last = await issued('ana');
    const back = await eventually(async () => {
      const connected = await connect(hub, 'ana', known - 1);
      expect(connected.told().resync).toBe(true);
      return connected;
    });
    const live = await issued('ana');
    await eventually(() => expect(back.positions()).toStrictEqual([live]));
    expect(back.told().from).toBe(last);
    expect((await connect(hub, 'ana', known + 3)).told()).toMatchObject({ resync: false });
  });

  it('asks a client to start afresh that knows of things that never happened', async () => {
    const hub = await startHub();
    await issued('ana');
    expect((await connect(hub, 'ana', 10_000_000)).told().resync).toBe(true);
    expect((await connect(hub, 'ana', NaN)).told().resync).toBe(true);
  });

  it('repeats nothing to a client that was on a process further ahead', async () => {
    const ahead = await issued('ana');
    let go = (): void => undefined;
    const gone = new Promise<void>((resolve) => (go = resolve));
    let heads = 0;
    const hub = await right(
      startNoticeHub({
        missedNotices: missedNotices({ readModels, feed: store, clock: wallClock }),
        personalData,
        metrics,
        feed: {
          read: store.read,
          at: store.at,
          subscribe: (after, handle, options) =>
            store.subscribe(after, (batch) => gone.then(() => handle(batch)), options),
          end: store.end,
          head: () => (heads++ === 0 ? async () => E.right(-1) : store.head()),
        },
      }),
    );
    hubs.push(hub);
    const later = await issued('ana');
    const back = await connect(hub, 'ana', ahead);
    go();
    await eventually(() => expect(back.positions()).toStrictEqual([later]));
    expect(back.told()).toMatchObject({ resync: false, from: ahead });
  });

  it('says that it cannot tell while the read models are away, and forgets the client', async () => {
    const hub = await startHub();
    const known = await issued('ana');
    await issued('ana');
    readModels.unavailable = true;
    const back = await eventually(async () => {
      const answered = await connect(hub, 'ana', known - 1);
      expect(E.isLeft(answered.connected)).toBe(true);
      return answered;
    });
    expect(back.positions()).toStrictEqual([]);
    expect(metrics.values.get('sse_connection_count')).toBe(0);
    readModels.unavailable = false;
  });
});
