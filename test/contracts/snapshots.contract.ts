import { either as E, option as O } from 'fp-ts';
import { type Snapshot, type Snapshots } from '../../src/application/ports/snapshots.js';
import { answerOf } from '../support/answer-of.js';
import { freshStream } from '../support/event-samples.js';

export interface OpenedSnapshots {
  readonly snapshots: Snapshots;
  /** Closes this one and opens what it left behind, as after a restart. */
  readonly reopen: () => Promise<OpenedSnapshots>;
  readonly close: () => Promise<void>;
}

async function* inPieces(...chunks: ReadonlyArray<unknown>): AsyncIterable<unknown> {
  yield* chunks;
}

async function* breakingOff(...chunks: ReadonlyArray<unknown>): AsyncIterable<unknown> {
  yield* chunks;
  throw new Error('The state could not be read to its end');
}

/** What every store of snapshots promises. */
export const snapshotsContract = (name: string, open: () => Promise<OpenedSnapshots>): void => {
  describe(`${name}, a store of snapshots`, () => {
    let opened: OpenedSnapshots;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    const save = (streamId: string, revision: number, chunks: AsyncIterable<unknown>, version = 1) =>
      opened.snapshots.save({ streamId, version, revision, chunks });

    const found = async (streamId: string, version = 1): Promise<Snapshot> => {
      const snapshot = await answerOf(opened.snapshots.load(streamId, version));
      if (O.isNone(snapshot)) throw new Error(`No snapshot of ${streamId}`);
      return snapshot.value;
    };

    const all = async (chunks: AsyncIterable<unknown>): Promise<ReadonlyArray<unknown>> => {
      const read: unknown[] = [];
      for await (const chunk of chunks) read.push(chunk);
      return read;
    };

    const contents = async (streamId: string) => {
      const { revision, chunks } = await found(streamId);
      return { revision, chunks: await all(chunks) };
    };

    it('gives back what was saved, piece by piece, in order', async () => {
      const stream = freshStream();
      const chunks = [
        { name: '쿠폰 🎟️', holders: [] },
        [['ana', 'r-1']],
        3,
        'four',
        null,
        Array.from({ length: 20_000 }, String),
      ];
      await answerOf(save(stream, 41, inPieces(...chunks)));
      expect(await contents(stream)).toEqual({ revision: 41, chunks });
    });

    it('finds nothing where nothing was saved', async () => {
      expect(await answerOf(opened.snapshots.load(freshStream(), 1))).toEqual(O.none);
    });

    it('does not find a snapshot of another version', async () => {
      const stream = freshStream();
      await answerOf(save(stream, 5, inPieces('old shape'), 1));
      expect(await answerOf(opened.snapshots.load(stream, 2))).toEqual(O.none);
      await answerOf(save(stream, 5, inPieces('new shape'), 2));
      expect(await answerOf(opened.snapshots.load(stream, 1))).toEqual(O.none);
      expect((await found(stream, 2)).revision).toBe(5);
    });

    it('keeps the snapshots of different streams apart', async () => {
      const [one, other] = [freshStream(), freshStream()];
      await Promise.all([answerOf(save(one, 1, inPieces('one'))), answerOf(save(other, 2, inPieces('other')))]);
      expect(await contents(one)).toEqual({ revision: 1, chunks: ['one'] });
      expect(await contents(other)).toEqual({ revision: 2, chunks: ['other'] });
    });

    it('replaces all of a snapshot, also by a shorter or an empty one', async () => {
      const stream = freshStream();
      await answerOf(save(stream, 1, inPieces('a', 'b', 'c')));
      await answerOf(save(stream, 2, inPieces('d')));
      expect(await contents(stream)).toEqual({ revision: 2, chunks: ['d'] });
      await answerOf(save(stream, 3, inPieces()));
      expect(await contents(stream)).toEqual({ revision: 3, chunks: [] });
    });

    it('keeps the old snapshot when saving breaks off in the middle', async () => {
      const stream = freshStream();
      await answerOf(save(stream, 1, inPieces('a', 'b')));
      expect(await save(stream, 2, breakingOff('x', 'y', 'z'))()).toEqual(E.left('SnapshotsUnavailable'));
      expect(await contents(stream)).toEqual({ revision: 1, chunks: ['a', 'b'] });
    });

    it('lets whoever reads the old one read on while it is replaced', async () => {
      const stream = freshStream();
      await answerOf(save(stream, 1, inPieces('a', 'b', 'c')));
      const { chunks } = await found(stream);
      const read: unknown[] = [];
      for await (const chunk of chunks) {
        if (read.length === 0) await answerOf(save(stream, 2, inPieces('d', 'e', 'f')));
        read.push(chunk);
      }
      expect(read).toEqual(['a', 'b', 'c']);
      expect(await contents(stream)).toEqual({ revision: 2, chunks: ['d', 'e', 'f'] });
    });

    it('has one whole snapshot after several were saved at once', async () => {
      const stream = freshStream();
      await Promise.all([1, 2, 3, 4].map((n) => answerOf(save(stream, n, inPieces(n, n, n)))));
      const { revision, chunks } = await contents(stream);
      expect(chunks).toEqual([revision, revision, revision]);
    });

    it('keeps a state of many pieces', async () => {
      const stream = freshStream();
      const pieces = Array.from({ length: 300 }, (_, n) => ({ n, text: 'x'.repeat(1_000) }));
      await answerOf(save(stream, 1, inPieces(...pieces)));
      expect(await contents(stream)).toEqual({ revision: 1, chunks: pieces });
    });

    it('still has it after a restart', async () => {
      const stream = freshStream();
      await answerOf(save(stream, 7, inPieces('a', 'b')));
      opened = await opened.reopen();
      expect(await contents(stream)).toEqual({ revision: 7, chunks: ['a', 'b'] });
    });
  });
};
