import { NO_STREAM, type Position } from '../../src/application/ports/event-store.js';
import { type FeedBatch } from '../../src/application/ports/event-feed.js';
import { answerOf } from '../support/answer-of.js';
import { freshStream, sampleEvent, sampleEvents } from '../support/event-samples.js';
import { eventually } from '../support/eventually.js';
import { recordFeed } from '../support/feed-recorder.js';
import { type OpenedEventStore } from './event-store.contract.js';

/** What every event feed promises. Subscriptions begin at the head found, so the store may be shared and need not be empty. */
export const eventFeedContract = (name: string, open: () => Promise<OpenedEventStore>): void => {
  describe(`${name}, an event feed`, () => {
    let opened: OpenedEventStore;
    let start: Position;
    beforeEach(async () => {
      opened = await open();
      start = await answerOf(opened.feed.head());
    });
    afterEach(() => opened.close());

    const append = async (stream: string, expected: number, count: number, from = 0) =>
      answerOf(opened.store.append(stream, expected, sampleEvents(count, from)));

    /** `streams` writers side by side, each with `appends` appends of `size` events. */
    const burst = async (streams: ReadonlyArray<string>, appends: number, size: number, first = NO_STREAM) => {
      await Promise.all(
        streams.map(async (stream) => {
          for (let n = 0; n < appends; n++) await append(stream, first + n * size, size, first + 1 + n * size);
        }),
      );
    };

    const inOrderOnce = (events: ReadonlyArray<{ position: Position }>) =>
      events.every(({ position }, index) => index === 0 || position > (events[index - 1]?.position ?? Infinity));

    it('tells the position of the last event recorded', async () => {
      const { position } = await append(freshStream(), NO_STREAM, 3);
      expect(await answerOf(opened.feed.head())).toBe(position);
    });

    it('stands, whatever the store records for itself behind the last event, at a position of an event, never ahead of the head', async () => {
      const stream = freshStream();
      const { position } = await append(stream, NO_STREAM, 3);
      const subscriber = recordFeed(opened.feed, start, { streamPrefixes: [freshStream('wanted')] });
      for (const days of [1, 2, 3]) await answerOf(opened.store.keepFor(stream, days * 86_400));
      expect(await answerOf(opened.feed.head())).toBe(position);
      expect(await answerOf(opened.feed.end())).toBeGreaterThanOrEqual(position);
      for (const batchSize of [1, 2, 1_000])
        for (let after = start; ; after = position) {
          const batch = await answerOf(opened.feed.read(after, { batchSize }));
          expect(batch.position).toBeLessThanOrEqual(position);
          if (batch.caughtUp) break;
        }
      await eventually(() => expect(subscriber.position()).toBe(position));
      await subscriber.stop();
    });

    it('reads batches in global order, from any position, and says when nothing follows', async () => {
      const [one, two] = [freshStream('one'), freshStream('two')];
      const middle = await append(one, NO_STREAM, 3);
      await append(two, NO_STREAM, 3);
      const end = await append(one, 2, 3);
      const options = { batchSize: 4, streamPrefixes: [one, two] };
      const read: FeedBatch[] = [];
      for (let after = start; after < end.position; after = read.at(-1)?.position ?? after)
        read.push(await answerOf(opened.feed.read(after, options)));
      const events = read.flatMap((batch) => batch.events);
      expect(events.map(({ streamId, revision }) => [streamId, revision])).toEqual([
        ...[0, 1, 2].map((revision) => [one, revision]),
        ...[0, 1, 2].map((revision) => [two, revision]),
        ...[3, 4, 5].map((revision) => [one, revision]),
      ]);
      expect(inOrderOnce(events)).toBe(true);
      expect(read.every((batch) => batch.events.length <= 4)).toBe(true);
      expect((await answerOf(opened.feed.read(end.position, options))).caughtUp).toBe(true);
      const resumed = await answerOf(opened.feed.read(middle.position, { ...options, batchSize: 100 }));
      expect(resumed.events).toEqual(events.slice(3));
    });

    it('looks up events by their positions, from anywhere in an append, each once and in order, and nothing in between', async () => {
      const [one, two] = [freshStream('one'), freshStream('two')];
      await append(one, NO_STREAM, 3);
      await append(two, NO_STREAM, 2);
      const { events } = await answerOf(opened.feed.read(start, { streamPrefixes: [one, two] }));
      const wanted = [events[4], events[1], events[2], events[1]].map((event) => event?.position ?? NaN);
      expect(await answerOf(opened.feed.at(wanted))).toEqual([events[1], events[2], events[4]]);
      expect(await answerOf(opened.feed.at([]))).toEqual([]);
    });

    it('gives a subscriber what stood before, then what comes, without gap or repeat', async () => {
      const streams = Array.from({ length: 5 }, () => freshStream());
      await burst(streams, 10, 3);
      const subscriber = recordFeed(opened.feed, start, { batchSize: 7, streamPrefixes: streams });
      await burst(streams, 20, 4, 29);
      await eventually(() => expect(subscriber.events).toHaveLength(5 * 110));
      await subscriber.stop();
      expect(inOrderOnce(subscriber.events)).toBe(true);
      for (const stream of streams)
        expect(subscriber.events.filter(({ streamId }) => streamId === stream).map(({ revision }) => revision)).toEqual(
          Array.from({ length: 110 }, (_, revision) => revision),
        );
      expect(subscriber.batches.every(({ events }) => events.length <= 7)).toBe(true);
    });

    it('loses nothing to a subscriber that is slower than the writers, with streams in between that it did not ask for', async () => {
      const [wanted, other] = [freshStream('wanted'), freshStream('other')];
      const revisions: number[] = [];
      const { stop } = opened.feed.subscribe(
        start,
        async ({ events }) => {
          for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
          revisions.push(...events.map(({ revision }) => revision));
        },
        { streamPrefixes: [wanted], batchSize: 2 },
      );
      await burst([wanted, other], 40, 5);
      await eventually(() => expect(revisions.at(-1)).toBe(199));
      await stop();
      expect(revisions).toEqual(Array.from({ length: 200 }, (_, revision) => revision));
    });

    it('hands over together what was appended together', async () => {
      const streams = [freshStream('one'), freshStream('two')];
      const batches: ReadonlyArray<{ readonly streamId: string; readonly revision: number }>[] = [];
      const { stop } = opened.feed.subscribe(
        start,
        async ({ events }) => {
          await new Promise(setImmediate);
          batches.push(events);
        },
        { streamPrefixes: streams },
      );
      await burst(streams, 40, 5);
      await eventually(() => expect(batches.flat()).toHaveLength(400));
      await stop();
      const lastOfEach = batches.flatMap((batch) =>
        streams.flatMap((stream) => batch.findLast(({ streamId }) => streamId === stream)?.revision ?? []),
      );
      expect(lastOfEach.filter((revision) => revision % 5 !== 4)).toStrictEqual([]);
    });

    it('gives live what reading gives later', async () => {
      const stream = freshStream();
      const subscriber = recordFeed(opened.feed, start, { streamPrefixes: [stream] });
      await append(stream, NO_STREAM, 1);
      await eventually(() =>
        expect([subscriber.events.length, subscriber.batches.at(-1)?.caughtUp]).toEqual([1, true]),
      );
      await answerOf(opened.store.append(stream, 0, [sampleEvent(1, '쿠폰 🎟️')]));
      await eventually(() => expect(subscriber.events).toHaveLength(2));
      await subscriber.stop();
      expect(subscriber.events).toEqual(await answerOf(opened.store.readStream(stream, 0, 2)));
    });

    it('shows the same events to many subscribers', async () => {
      const stream = freshStream();
      const subscribers = Array.from({ length: 5 }, () => recordFeed(opened.feed, start, { streamPrefixes: [stream] }));
      await burst([stream], 20, 1);
      for (const subscriber of subscribers) await eventually(() => expect(subscriber.events).toHaveLength(20));
      await Promise.all(subscribers.map(({ stop }) => stop()));
      for (const { events } of subscribers) expect(events).toEqual(subscribers[0]?.events);
    });

    it('passes over streams not asked for, and still moves on', async () => {
      const [wanted, other] = [freshStream('wanted'), freshStream('other')];
      const subscriber = recordFeed(opened.feed, start, { streamPrefixes: ['wanted-'], batchSize: 2 });
      await append(other, NO_STREAM, 5);
      await append(wanted, NO_STREAM, 3);
      await eventually(() => expect(subscriber.events.filter(({ streamId }) => streamId === wanted)).toHaveLength(3));
      const passed = (await append(wanted, 2, 1)).position;
      await eventually(() => expect(subscriber.position()).toBeGreaterThanOrEqual(passed));
      await subscriber.stop();
      expect(subscriber.events.some(({ streamId }) => streamId === other)).toBe(false);
    });

    it('tells a subscriber in time how far it has looked, though nothing it asked for came and nothing comes', async () => {
      const [wanted, other] = [freshStream('wanted'), freshStream('other')];
      const subscriber = recordFeed(opened.feed, start, { streamPrefixes: [wanted] });
      const toldOf = (position: Position) =>
        eventually(() => {
          expect(subscriber.position()).toBeGreaterThanOrEqual(position);
          expect(subscriber.batches.at(-1)?.caughtUp).toBe(true);
        });
      await toldOf((await append(other, NO_STREAM, 1)).position);
      await append(wanted, NO_STREAM, 2);
      await toldOf((await append(other, 0, 3)).position);
      await toldOf((await append(other, 3, 1)).position);
      await subscriber.stop();
      expect(subscriber.events.map(({ revision }) => revision)).toEqual([0, 1]);
    });

    it('tells it also to one that begins behind the last event, when nothing comes any more', async () => {
      const other = freshStream('other');
      const { position } = await append(other, NO_STREAM, 40);
      const subscriber = recordFeed(opened.feed, start, { streamPrefixes: [freshStream('wanted')] });
      await eventually(() => expect(subscriber.position()).toBeGreaterThanOrEqual(position));
      await subscriber.stop();
      expect(subscriber.events).toEqual([]);
    });

    it('gives the same batch again to a handler that rejected, before anything later', async () => {
      const stream = freshStream();
      const tries: number[][] = [];
      const { stop } = opened.feed.subscribe(
        start,
        async ({ events }) => {
          if (events.length === 0) return;
          tries.push(events.map(({ revision }) => revision));
          if (tries.length < 3) throw new Error('Not yet');
        },
        { streamPrefixes: [stream], batchSize: 2 },
      );
      await append(stream, NO_STREAM, 4);
      await eventually(() => expect(tries.flat()).toContain(3));
      await stop();
      const [first = [], second, third, ...rest] = tries;
      expect([second, third]).toEqual([first, first]);
      expect([...first, ...rest.flat()]).toEqual([0, 1, 2, 3]);
    });

    it('hands over one batch at a time, and stopping waits for it', async () => {
      const stream = freshStream();
      await append(stream, NO_STREAM, 6);
      let running = 0;
      let most = 0;
      let handled = 0;
      let finish: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (finish = resolve));
      const subscription = opened.feed.subscribe(
        start,
        async () => {
          most = Math.max(most, ++running);
          await gate;
          running--;
          handled++;
        },
        { streamPrefixes: [stream], batchSize: 2 },
      );
      await eventually(() => running === 1);
      let stopped = false;
      const stopping = subscription.stop().then(() => (stopped = true));
      await append(stream, 5, 1);
      expect(stopped).toBe(false);
      finish();
      await stopping;
      expect([most, handled, running]).toEqual([1, 1, 0]);
    });

    it('stops while its handler keeps failing', async () => {
      const stream = freshStream();
      let tries = 0;
      const { stop } = opened.feed.subscribe(
        start,
        async () => {
          tries++;
          throw new Error('Never');
        },
        { streamPrefixes: [stream] },
      );
      await append(stream, NO_STREAM, 1);
      await eventually(() => tries > 0);
      await stop();
    });

    it('goes on from a checkpoint without gap or repeat', async () => {
      const stream = freshStream();
      const options = { streamPrefixes: [stream], batchSize: 3 };
      const first = recordFeed(opened.feed, start, options);
      await burst([stream], 5, 2);
      await eventually(() => first.events.length > 4);
      await first.stop();
      await burst([stream], 5, 2, 9);
      const second = recordFeed(opened.feed, first.position(), options);
      await eventually(() => expect(first.events.length + second.events.length).toBe(20));
      await second.stop();
      expect([...first.events, ...second.events].map(({ revision }) => revision)).toEqual(
        Array.from({ length: 20 }, (_, revision) => revision),
      );
    });

    it('goes on from a checkpoint after a restart in the middle', async () => {
      const stream = freshStream();
      const options = { streamPrefixes: [stream], batchSize: 3 };
      await burst([stream], 5, 4);
      const first = recordFeed(opened.feed, start, options);
      await eventually(() => first.events.length >= 6);
      await first.stop();
      opened = await opened.reopen();
      const second = recordFeed(opened.feed, first.position(), options);
      await append(stream, 19, 4);
      await eventually(() => expect(first.events.length + second.events.length).toBe(24));
      await second.stop();
      expect([...first.events, ...second.events].map(({ revision }) => revision)).toEqual(
        Array.from({ length: 24 }, (_, revision) => revision),
      );
    });
  });
};
