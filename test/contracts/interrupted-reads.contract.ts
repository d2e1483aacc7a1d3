import { either as E, type taskEither as TE } from 'fp-ts';
import { type EventStore, NO_STREAM } from '../../src/application/ports/event-store.js';
import { type EventFeed } from '../../src/application/ports/event-feed.js';
import { answerOf } from '../support/answer-of.js';
import { freshStream, sampleEvents } from '../support/event-samples.js';
import { eventually } from '../support/eventually.js';
import { type FaultProxy } from '../support/fault-proxy.js';

/** An event store on a server, reached through a proxy. */
export interface ProxiedEventStore {
  readonly store: EventStore;
  readonly feed: EventFeed;
  readonly proxy: FaultProxy;
  readonly close: () => Promise<void>;
}

const SIDE_BY_SIDE = 5;

type Read = (stream: string) => TE.TaskEither<string, unknown>;

/** What every event store on a server promises: a read that was cut off never looks like one that came to the end. */
export const interruptedReadsContract = (name: string, open: () => Promise<ProxiedEventStore>): void => {
  describe(`${name}, interrupted in the middle of reading`, () => {
    let opened: ProxiedEventStore;
    let start: number;
    beforeEach(async () => {
      opened = await open();
      start = await answerOf(opened.feed.head());
    });
    afterEach(async () => {
      await opened.close();
      await opened.proxy.close();
    });

    const kinds: Readonly<Record<string, Read>> = {
      'a stream': (stream) => opened.store.readStream(stream, 0, 100),
      'a page of all events': (stream) => opened.feed.read(start, { streamPrefixes: [stream] }),
      'the head': () => opened.feed.head(),
      'where a stream stands': (stream) => opened.store.lastRevision(stream),
    };
    const ways: Readonly<Record<string, () => Promise<void>>> = {
      'its connections are cut': async () => opened.proxy.reset(),
      'the server restarts': () => opened.proxy.refuse(),
      'the store is closed': () => opened.close(),
    };
    const cases = Object.keys(kinds).flatMap((kind) => Object.keys(ways).map((way) => [kind, way] as const));

    it.each(cases)('answers %s in full or not at all when %s', async (kind, way) => {
      const stream = freshStream();
      await answerOf(opened.store.append(stream, NO_STREAM, sampleEvents(50)));
      const read = kinds[kind];
      if (read === undefined) throw new Error(kind);
      const whole = await answerOf(read(stream));
      opened.proxy.blackhole('toClient');
      const reading = Array.from({ length: SIDE_BY_SIDE }, () => read(stream)());
      await eventually(() => opened.proxy.underWay('toClient').length > 0);
      await ways[way]?.();
      await opened.proxy.heal();
      for (const answer of await Promise.all(reading))
        expect(E.isLeft(answer) ? answer : E.right(whole)).toEqual(answer);
    });
  });
};
