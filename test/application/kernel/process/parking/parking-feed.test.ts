import { taskEither as TE } from 'fp-ts';
import { UPGRADE_FIRST } from '../../../../../src/application/kernel/events/event-schemas.js';
import { readable } from '../../../../../src/application/kernel/process/parking-feed.js';
import { parkedStreams } from '../../../../../src/application/kernel/process/parking/parked-streams.js';
import { handleParking } from '../../../../../src/application/kernel/process/parking/parking-aggregate.js';
import { parkingOf } from '../../../../../src/application/kernel/process/parking/parking.js';
import { BEGINNING, type EventStore } from '../../../../../src/application/ports/event-store.js';
import { type Subscription } from '../../../../../src/application/ports/event-feed.js';
import { answerOf } from '../../../../support/answer-of.js';
import { eventually } from '../../../../support/eventually.js';
import { InMemoryEventStore } from '../../../../support/in-memory/event-store.js';
import { noSnapshots } from '../../../../support/in-memory/no-snapshots.js';
import { recordingLog } from '../../../../support/in-memory/quiet.js';
import { movedClock } from '../../../../support/moved-clock.js';

const setting = () => {
  const store = new InMemoryEventStore();
  const alerts: string[] = [];
  const known = new Set(['Known']);
  const broken = new Set<string>();
  const handled: string[] = [];
  /** Each of these fails the first time. */
  const failing = new Set<string>();
  const running: Subscription[] = [];
  let next = 0;
  const ports = {
    eventStore: store,
    snapshots: noSnapshots,
    logger: recordingLog(),
    ids: { next: () => `id-${(next += 1)}` },
    alerts: { raise: ({ title }: { readonly title: string }) => TE.fromIO(() => void alerts.push(title)) },
    clock: movedClock(),
    faultOf: ({ event }: { readonly event: { readonly type: string } }) =>
      known.has(event.type) ? null : `no event of type ${event.type} is known here: ${UPGRADE_FIRST}`,
  };
  const append = async (streamId: string, type: string): Promise<void> => {
    const revision = await answerOf(store.lastRevision(streamId));
    const event = { id: `event-${(next += 1)}`, event: { type }, metadata: { correlationId: 'test' } };
    await answerOf(store.append(streamId, revision, [event]));
  };
  const follow = (after = BEGINNING, batchSize = 1_000): Subscription => {
    const feed = readable(
      { feed: store, eventStore: store, parkedStreams: parkedStreams(ports) },
      {
        name: 'relay',
        streamPrefixes: ['order-'],
        batchSize,
        look: ({ id }) => {
          if (broken.has(id)) throw new Error('of no known shape');
          return id;
        },
      },
    );
    const subscription = feed.subscribe(after, async ({ items, isReplay }) => {
      for (const { recorded } of items) {
        const one = `${recorded.streamId}/${recorded.revision}${isReplay ? ' again' : ''}`;
        if (failing.delete(one)) throw new Error('away');
        handled.push(one);
      }
    });
    running.push(subscription);
    return subscription;
  };
  const release = async (streamId: string): Promise<void> => {
    const by = {
      consumer: 'relay',
      streamIds: [streamId],
      actor: 'olga',
      reason: 'upgraded',
      at: ports.clock.now() + 1,
    };
    await answerOf(handleParking(ports)({ type: 'Release', ...by }, 'test'));
  };
  const stop = async () => void (await Promise.all(running.splice(0).map((each) => each.stop())));
  return { store, ports, alerts, known, broken, handled, failing, append, follow, release, stop };
};

describe('a consumer that meets what it cannot read', () => {
  let world: ReturnType<typeof setting>;
  beforeEach(() => (world = setting()));
  afterEach(() => world.stop());
  const hasHandled = (...expected: ReadonlyArray<string>) =>
    eventually(() => expect(world.handled).toStrictEqual(expected));

  it('passes over that stream alone, from there on, and says so once', async () => {
    await world.append('order-a', 'Known');
    await world.append('order-a', 'OfTomorrow');
    await world.append('order-a', 'Known');
    await world.append('order-b', 'Known');
    world.follow();
    await hasHandled('order-a/0', 'order-b/0');
    await world.append('order-a', 'Known');
    await world.append('order-b', 'Known');
    await hasHandled('order-a/0', 'order-b/0', 'order-b/1');
    expect(world.alerts).toStrictEqual(['A stream is parked']);
  });

  it('does the same with an event of a known type that is of no known shape', async () => {
    world.broken.add('event-1');
    await world.append('order-a', 'Known');
    await world.append('order-b', 'Known');
    world.follow();
    await hasHandled('order-b/0');
  });

  it('knows after a restart what it passes over', async () => {
    await world.append('order-a', 'OfTomorrow');
    world.follow();
    await eventually(() => expect(world.alerts).toHaveLength(1));
    await world.stop();
    const head = await answerOf(world.store.head());
    world.follow(head);
    await world.append('order-a', 'Known');
    await world.append('order-b', 'Known');
    await hasHandled('order-b/0');
    expect(world.alerts).toHaveLength(1);
  });

  it('is given everything it passed over, in order, once the stream can be read and is released', async () => {
    await world.append('order-a', 'OfTomorrow');
    await world.append('order-a', 'Known');
    world.follow();
    await eventually(() => expect(world.alerts).toHaveLength(1));
    await world.stop();
    world.known.add('OfTomorrow');
    world.follow(await answerOf(world.store.head()));
    await world.release('order-a');
    await hasHandled('order-a/0 again', 'order-a/1 again');
    await world.append('order-a', 'Known');
    await hasHandled('order-a/0 again', 'order-a/1 again', 'order-a/2');
  });

  it('parks it again when it was released too early', async () => {
    await world.append('order-a', 'OfTomorrow');
    world.follow();
    await eventually(() => expect(world.alerts).toHaveLength(1));
    await world.release('order-a');
    await eventually(() => expect(world.alerts).toHaveLength(2));
    await world.append('order-b', 'Known');
    await hasHandled('order-b/0');
  });

  describe('of a stream that is released before the consumer has come to that', () => {
    let parkedAt: number;
    beforeEach(async () => {
      await world.append('order-a', 'Known');
      await world.append('order-a', 'OfTomorrow');
      await world.append('order-a', 'Known');
      world.follow();
      await eventually(() => expect(world.alerts).toHaveLength(1));
      await hasHandled('order-a/0');
      await world.stop();
      parkedAt = await answerOf(world.store.head());
    });

    it('is given everything it passed over once the stream can be read, though a later event could not be read either', async () => {
      await world.release('order-a');
      await world.append('order-a', 'OfTomorrow');
      world.follow(parkedAt);
      await eventually(() => expect(world.alerts).toHaveLength(2));
      world.known.add('OfTomorrow');
      await world.release('order-a');
      await hasHandled('order-a/0', 'order-a/1 again', 'order-a/2 again', 'order-a/3 again');
    });

    it('is given no later event before those it could not read', async () => {
      await world.release('order-a');
      await world.append('order-a', 'Known');
      await world.append('order-b', 'Known');
      world.follow(parkedAt);
      await hasHandled('order-a/0', 'order-b/0');
      world.known.add('OfTomorrow');
      await world.release('order-a');
      await hasHandled('order-a/0', 'order-b/0', 'order-a/1 again', 'order-a/2 again', 'order-a/3 again');
    });

    it('is given everything in order after a restart, however many events lie before the release', async () => {
      await world.append('order-b', 'Known');
      await world.append('order-a', 'Known');
      await world.release('order-a');
      world.known.add('OfTomorrow');
      world.follow(parkedAt, 2);
      const replayed = ['order-a/1 again', 'order-a/2 again', 'order-a/3 again'];
      await hasHandled('order-a/0', 'order-b/0', ...replayed);
      await world.append('order-a', 'Known');
      await hasHandled('order-a/0', 'order-b/0', ...replayed, 'order-a/4');
    });

    it('is given first what came before it was parked, where all of it comes again', async () => {
      await world.release('order-a');
      world.known.add('OfTomorrow');
      world.handled.length = 0;
      world.follow(BEGINNING);
      await hasHandled('order-a/0', 'order-a/1 again', 'order-a/2 again');
    });

    it('is given everything in order when it cannot act upon that at first', async () => {
      await world.append('order-a', 'Known');
      await world.release('order-a');
      await world.append('order-a', 'Known');
      world.known.add('OfTomorrow');
      world.failing.add('order-a/2 again').add('order-a/4');
      world.follow(parkedAt);
      await hasHandled(
        'order-a/0',
        'order-a/1 again',
        ...['order-a/1 again', 'order-a/2 again', 'order-a/3 again'],
        'order-a/4',
      );
    });
  });

  it('records again from where on a stream is parked when that turns out to be earlier, and only then', async () => {
    const parked = parkedStreams(world.ports);
    const parkFrom = async (revision: number): Promise<void> => {
      const parking = parkingOf(world.ports.faultOf);
      parking.park({ streamId: 'order-a', revision, event: { type: 'OfTomorrow' } }, UPGRADE_FIRST);
      await parked.replace('relay', parking);
    };
    for (const revision of [20, 5, 7]) await parkFrom(revision);
    expect((await parked.open('relay')).all()).toMatchObject([{ streamId: 'order-a', revision: 5 }]);
    expect(await answerOf(world.store.lastRevision('parking-relay'))).toBe(1);
  });

  it('goes on while a newer version takes over, however many streams that one has written to by then', async () => {
    for (let n = 0; n < 150; n += 1) await world.append(`order-${n}`, 'OfTomorrow');
    await world.append('order-a', 'Known');
    world.follow();
    await hasHandled('order-a/0');
    expect(world.alerts).toHaveLength(1);
    // It knows them all after a restart.
    await world.stop();
    const head = await answerOf(world.store.head());
    for (let n = 0; n < 150; n += 1) await world.append(`order-${n}`, 'Known');
    world.follow(head);
    await world.append('order-a', 'Known');
    await hasHandled('order-a/0', 'order-a/1');
  });

  it('is built anew without reading its list for each of the streams that it can read now', async () => {
    let reads = 0;
    const { store, ports } = world;
    const eventStore: EventStore = {
      append: (...asked) => store.append(...asked),
      keepFor: () => store.keepFor(),
      lastRevision: (...asked) => store.lastRevision(...asked),
      readStream: (...asked) => {
        reads += 1;
        return store.readStream(...asked);
      },
    };
    const parked = parkedStreams({ ...ports, eventStore });
    const unreadable = { revision: 0, eventType: 'OfTomorrow', reason: UPGRADE_FIRST };
    const all = Array.from({ length: 600 }, (_, n) => ({ ...unreadable, streamId: `order-${n}` }));
    await parked.replace('relay', parkingOf(ports.faultOf, { parked: all }));
    expect((await parked.open('relay')).all()).toHaveLength(600);
    await parked.replace('relay', parked.fresh());
    expect((await parked.open('relay')).all()).toEqual([]);
    expect(reads).toBeLessThan(50);
  });

  it('remembers only so many of them', () => {
    const parking = parkingOf(() => null);
    const park = (n: number, reason: string): void =>
      parking.park({ streamId: `order-${n}`, revision: 0, event: { type: 'OfTomorrow' } }, reason);
    for (let n = 0; n < 2_000; n += 1) park(n, UPGRADE_FIRST);
    expect(() => park(2_000, UPGRADE_FIRST)).toThrow('More than 2000 streams');
    for (let n = 0; n < 100; n += 1) park(3_000 + n, 'a bug');
    expect(() => park(4_000, 'a bug')).toThrow('More than 100 streams');
  });

  it('records what it parks while another call is still recording', async () => {
    const known: string[] = [];
    const ends: Array<() => void> = [];
    const parking = parkingOf(() => null, {
      record: async (unreadable) => {
        await new Promise<void>((resolve) => void ends.push(resolve));
        known.push(...unreadable.map(({ streamId }) => streamId));
      },
    });
    parking.park({ streamId: 'order-o1', revision: 0, event: { type: 'Known' } }, 'of no known shape');
    const [first, second] = [parking.settle(), parking.settle()];
    ends[0]?.();
    await first;
    parking.park({ streamId: 'order-o2', revision: 0, event: { type: 'Known' } }, 'of no known shape');
    ends[1]?.();
    await eventually(() => ends.length === 3);
    ends[2]?.();
    await second;
    expect(known).toContain('order-o2');
  });

  it('throws where it can read next to nothing: then the fault is its own, and it stands still', () => {
    const parking = parkingOf(() => null);
    const park = (n: number): void =>
      parking.park({ streamId: `order-${n}`, revision: 0, event: { type: 'Known' } }, 'a bug');
    for (let n = 0; n < 100; n += 1) park(n);
    expect(() => park(100)).toThrow('More than 100 streams');
    expect(() => park(99)).not.toThrow();
  });
});
