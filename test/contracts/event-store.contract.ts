import { either as E } from 'fp-ts';
import { BEGINNING, type EventStore, NO_STREAM } from '../../src/application/ports/event-store.js';
import { type EventFeed } from '../../src/application/ports/event-feed.js';
import { answerOf } from '../support/answer-of.js';
import { freshStream, sampleEvent, sampleEvents } from '../support/event-samples.js';
import { eventually } from '../support/eventually.js';

export interface OpenedEventStore {
  readonly store: EventStore;
  readonly feed: EventFeed;
  /** Drops what is past its time, where that does not happen by itself. */
  readonly sweep?: () => Promise<void>;
  /** Closes this one and opens what it left behind, as after a restart. */
  readonly reopen: () => Promise<OpenedEventStore>;
  readonly close: () => Promise<void>;
}

/** What every event store promises. Streams are fresh, so it may be shared and need not be empty. */
export const eventStoreContract = (name: string, open: () => Promise<OpenedEventStore>): void => {
  describe(`${name}, an event store`, () => {
    let opened: OpenedEventStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('keeps what is appended, in order, with revisions from 0 and growing positions', async () => {
      const stream = freshStream();
      const events = sampleEvents(5);
      const before = Date.now();
      const first = await answerOf(opened.store.append(stream, NO_STREAM, events.slice(0, 2)));
      const second = await answerOf(opened.store.append(stream, 1, events.slice(2)));
      expect([first.revision, second.revision]).toEqual([1, 4]);
      expect(second.position).toBeGreaterThan(first.position);

      const recorded = await answerOf(opened.store.readStream(stream, 0, 10));
      expect(recorded.map(({ id, event, metadata }) => ({ id, event, metadata }))).toEqual(events);
      expect(recorded.map(({ revision, streamId }) => [revision, streamId])).toEqual(
        [0, 1, 2, 3, 4].map((revision) => [revision, stream]),
      );
      expect(recorded.map(({ position }) => position)).toEqual(
        recorded.map(({ position }) => position).sort((a, b) => a - b),
      );
      expect([recorded[1]?.position, recorded[4]?.position]).toEqual([first.position, second.position]);
      expect(recorded.every(({ recordedAt }) => Math.abs(recordedAt - before) < 600_000)).toBe(true);
    });

    it('reads a stream in pages, from any revision', async () => {
      const stream = freshStream();
      await answerOf(opened.store.append(stream, NO_STREAM, sampleEvents(7)));
      await answerOf(opened.store.append(stream, 6, sampleEvents(3)));
      const revisions = async (from: number, limit: number) =>
        (await answerOf(opened.store.readStream(stream, from, limit))).map(({ revision }) => revision);
      expect(await revisions(0, 4)).toEqual([0, 1, 2, 3]);
      expect(await revisions(5, 4)).toEqual([5, 6, 7, 8]);
      expect(await revisions(9, 4)).toEqual([9]);
      expect(await revisions(10, 4)).toEqual([]);
    });

    it('knows nothing of a stream nobody wrote to', async () => {
      expect(await answerOf(opened.store.readStream(freshStream(), 0, 10))).toEqual([]);
    });

    it('answers an empty append with the expected revision and writes nothing', async () => {
      const stream = freshStream();
      expect(await answerOf(opened.store.append(stream, NO_STREAM, []))).toEqual({
        revision: NO_STREAM,
        position: BEGINNING,
      });
      expect(await answerOf(opened.store.readStream(stream, 0, 1))).toEqual([]);
    });

    it('refuses an append at any revision but the last', async () => {
      const stream = freshStream();
      expect(await opened.store.append(stream, 0, [sampleEvent()])()).toEqual(E.left('RevisionConflict'));
      await answerOf(opened.store.append(stream, NO_STREAM, sampleEvents(3)));
      for (const wrong of [NO_STREAM, 0, 1, 3, 100])
        expect(await opened.store.append(stream, wrong, [sampleEvent()])()).toEqual(E.left('RevisionConflict'));
      expect(await answerOf(opened.store.readStream(stream, 0, 10))).toHaveLength(3);
    });

    it('lets exactly one of many racing writers win each revision', async () => {
      const stream = freshStream();
      for (let revision = NO_STREAM; revision < 9; revision++) {
        const answers = await Promise.all(
          sampleEvents(20).map((event) => opened.store.append(stream, revision, [event])()),
        );
        expect(answers.filter(E.isRight)).toHaveLength(1);
        expect(answers.filter(E.isLeft).every(({ left }) => left === 'RevisionConflict')).toBe(true);
      }
      expect((await answerOf(opened.store.readStream(stream, 0, 100))).map(({ revision }) => revision)).toEqual([
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
      ]);
    });

    it('lets writers of different streams not disturb each other', async () => {
      const streams = Array.from({ length: 20 }, () => freshStream());
      await Promise.all(
        streams.map(async (stream) => {
          for (let revision = NO_STREAM; revision < 4; revision++)
            await answerOf(opened.store.append(stream, revision, [sampleEvent(revision + 1)]));
        }),
      );
      for (const stream of streams) expect(await answerOf(opened.store.readStream(stream, 0, 10))).toHaveLength(5);
    });

    it('answers a repeated append as the first time and changes nothing', async () => {
      const stream = freshStream();
      const events = sampleEvents(3);
      const first = await answerOf(opened.store.append(stream, NO_STREAM, events));
      expect(await answerOf(opened.store.append(stream, NO_STREAM, events))).toEqual(first);
      expect(await answerOf(opened.store.readStream(stream, 0, 10))).toHaveLength(3);
    });

    it('answers a repeated append as the first time also after later ones', async () => {
      const stream = freshStream();
      const events = sampleEvents(3);
      const first = await answerOf(opened.store.append(stream, NO_STREAM, events));
      await answerOf(opened.store.append(stream, 2, sampleEvents(4)));
      expect(await answerOf(opened.store.append(stream, NO_STREAM, events))).toEqual(first);
      expect(await answerOf(opened.store.readStream(stream, 0, 10))).toHaveLength(7);
    });

    it('writes once what is sent many times at once', async () => {
      const stream = freshStream();
      const events = sampleEvents(2);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => answerOf(opened.store.append(stream, NO_STREAM, events))),
      );
      expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
      expect(await answerOf(opened.store.readStream(stream, 0, 10))).toHaveLength(2);
    });

    it('keeps empty, foreign, odd and large text as it was', async () => {
      const stream = freshStream();
      const texts = [
        '',
        '쿠폰 발급 🎟️',
        'ça "quotes" \\ \n\t\u0001 \u2028',
        '\ufffd',
        '𝕏'.repeat(1_000),
        'x'.repeat(500_000),
      ];
      const events = texts.map((text, number) => sampleEvent(number, text));
      await answerOf(opened.store.append(stream, NO_STREAM, events));
      const recorded = await answerOf(opened.store.readStream(stream, 0, 10));
      expect(recorded.map(({ event }) => event)).toEqual(events.map(({ event }) => event));
    });

    it('takes 1,000 events at once, or one of almost 800 kB', async () => {
      const stream = freshStream();
      await answerOf(opened.store.append(stream, NO_STREAM, sampleEvents(1_000)));
      await answerOf(opened.store.append(stream, 999, [sampleEvent(0, 'x'.repeat(790_000))]));
      expect(await answerOf(opened.store.readStream(stream, 0, 2_000))).toHaveLength(1_001);
    });

    it('takes no more than that: a caller that does not cut its appends up has a bug', async () => {
      const stream = freshStream();
      await expect(opened.store.append(stream, NO_STREAM, sampleEvents(1_001))()).rejects.toThrow(RangeError);
      const heavy = [sampleEvent(0, 'x'.repeat(500_000)), sampleEvent(1, 'x'.repeat(500_000))];
      await expect(opened.store.append(stream, NO_STREAM, heavy)()).rejects.toThrow(RangeError);
      expect(await answerOf(opened.store.readStream(stream, 0, 1))).toEqual([]);
    });

    it('lets a stream be kept for some time only, without touching what is young', async () => {
      const stream = freshStream();
      await answerOf(opened.store.append(stream, NO_STREAM, sampleEvents(2)));
      await answerOf(opened.store.keepFor(stream, 7 * 86_400));
      await answerOf(opened.store.keepFor(stream, 7 * 86_400));
      expect((await answerOf(opened.store.append(stream, 1, sampleEvents(1)))).revision).toBe(2);
      expect(await answerOf(opened.store.readStream(stream, 0, 10))).toHaveLength(3);
    });

    it('tells where a stream stands', async () => {
      const stream = freshStream();
      expect(await answerOf(opened.store.lastRevision(stream))).toBe(NO_STREAM);
      await answerOf(opened.store.append(stream, NO_STREAM, sampleEvents(3)));
      await answerOf(opened.store.append(stream, 2, sampleEvents(4)));
      expect(await answerOf(opened.store.lastRevision(stream))).toBe(6);
      expect(await answerOf(opened.store.readStream(stream, 0, 10))).toHaveLength(7);
    });

    it('tells where a stream stands also when nothing of it is kept any longer, and goes on there', async () => {
      const stream = freshStream();
      await answerOf(opened.store.keepFor(stream, 1));
      await answerOf(opened.store.append(stream, NO_STREAM, sampleEvents(3)));
      // A store may keep the last event of all.
      await answerOf(opened.store.append(freshStream(), NO_STREAM, sampleEvents(1)));
      await eventually(async () => {
        await opened.sweep?.();
        expect(await answerOf(opened.store.readStream(stream, 0, 10))).toEqual([]);
      });
      expect(await answerOf(opened.store.lastRevision(stream))).toBe(2);
      expect(await opened.store.append(stream, NO_STREAM, [sampleEvent()])()).toEqual(E.left('RevisionConflict'));
      expect((await answerOf(opened.store.append(stream, 2, [sampleEvent()]))).revision).toBe(3);
    });

    it('goes on after a restart where it was', async () => {
      const stream = freshStream();
      const events = sampleEvents(3);
      const first = await answerOf(opened.store.append(stream, NO_STREAM, events));
      const before = await answerOf(opened.store.readStream(stream, 0, 10));
      opened = await opened.reopen();
      expect(await answerOf(opened.store.readStream(stream, 0, 10))).toEqual(before);
      expect(await answerOf(opened.store.append(stream, NO_STREAM, events))).toEqual(first);
      const next = await answerOf(opened.store.append(stream, 2, [sampleEvent()]));
      expect(next.position).toBeGreaterThan(first.position);
    });
  });
};
