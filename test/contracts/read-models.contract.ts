import { randomUUID } from 'node:crypto';
import { either as E, option as O } from 'fp-ts';
import { BEGINNING } from '../../src/application/ports/event-store.js';
import {
  type Build,
  type DocumentWrite,
  type Query,
  type ReadModels,
} from '../../src/application/ports/read-models.js';
import { answerOf } from '../support/answer-of.js';
import { eventually } from '../support/eventually.js';

export interface OpenedReadModels {
  readonly readModels: ReadModels;
  readonly close: () => Promise<void>;
}

/** What every store of read models promises. */
export const readModelsContract = (name: string, open: () => Promise<OpenedReadModels>): void => {
  describe(`${name}, a store of read models`, () => {
    let opened: OpenedReadModels;
    let build: Build;
    beforeEach(async () => {
      opened = await open();
      build = { view: `view-${randomUUID()}`, version: 1, build: 1 };
    });
    afterEach(() => opened.close());

    const next = (): Build => ({ ...build, build: build.build + 1 });
    const get = async (id: string, of = build) => {
      const [found = O.none] = await answerOf(opened.readModels.getMany(of, [id]));
      return O.toUndefined(found);
    };
    const write = (from: number, to: number, writes: ReadonlyArray<DocumentWrite>, into = build) =>
      opened.readModels.write(into, writes, { from, to });
    const byUser = (user: string, sort: number) => [{ index: 'by-user', key: user, sort }];
    const couponOf = (user: string, id: string, sort: number): DocumentWrite => ({
      id,
      document: { id, user, sort },
      entries: byUser(user, sort),
    });
    const pageOf = async (query: Partial<Query>) => {
      const asked = { index: 'by-user', key: 'ana', limit: 100, ...query };
      return O.toUndefined(await answerOf(opened.readModels.queryServed(build.view, asked)));
    };
    const nextPage = async (query: Partial<Query>) => {
      const page = await pageOf(query);
      if (page === undefined) throw new Error('nothing is served');
      return page;
    };
    const idsOf = async (query: Partial<Query> = {}) => {
      await answerOf(opened.readModels.flip(build));
      return (await nextPage(query)).items.map(({ id }) => id);
    };
    const allPages = async (query: Partial<Query>, between: () => Promise<void> = () => Promise.resolve()) => {
      const ids: string[] = [];
      let cursor: string | undefined;
      await answerOf(opened.readModels.flip(build));
      for (;;) {
        const page = await nextPage({ limit: 3, ...query, ...(cursor !== undefined && { cursor }) });
        ids.push(...page.items.map(({ id }) => id));
        if (page.nextCursor === null) return ids;
        cursor = page.nextCursor;
        await between();
      }
    };

    describe('documents', () => {
      it('finds what was written, and nothing where nothing was', async () => {
        const document = { text: '쿠폰 🎟️', nested: { list: [1, null, true], empty: '' }, big: 2 ** 50, half: 0.5 };
        await answerOf(write(BEGINNING, 0, [{ id: 'a', document, entries: [] }]));
        expect(await get('a')).toEqual(document);
        expect(await get('b')).toBeUndefined();
        const many = await answerOf(opened.readModels.getMany(build, ['b', 'a', 'a']));
        expect(many.map(O.toUndefined)).toEqual([undefined, document, document]);
      });

      it('replaces and deletes', async () => {
        await answerOf(write(BEGINNING, 0, [couponOf('ana', 'a', 1), couponOf('ana', 'b', 2)]));
        await answerOf(write(0, 1, [couponOf('ana', 'a', 9), { id: 'b', document: null, entries: [] }]));
        expect(await get('a')).toEqual({ id: 'a', user: 'ana', sort: 9 });
        expect(await get('b')).toBeUndefined();
      });

      it('takes the last of two writes of one document', async () => {
        await answerOf(write(BEGINNING, 0, [couponOf('ana', 'a', 1), couponOf('ben', 'a', 2)]));
        expect(await get('a')).toEqual({ id: 'a', user: 'ben', sort: 2 });
        expect(await idsOf()).toEqual([]);
        expect(await idsOf({ key: 'ben' })).toEqual(['a']);
      });
    });

    it('takes a batch of any size in one step', async () => {
      const many = Array.from({ length: 60_000 }, (_, n) => couponOf(`user-${n % 100}`, `c${n}`, n));
      await answerOf(write(BEGINNING, 7, many));
      expect(await answerOf(opened.readModels.checkpoint(build))).toBe(7);
      expect(await get('c59999')).toEqual({ id: 'c59999', user: 'user-99', sort: 59_999 });
      expect(await idsOf({ key: 'user-7', limit: 2 })).toEqual(['c7', 'c107']);
    });

    describe('the checkpoint', () => {
      it('begins before the first event and moves with the documents, also without any', async () => {
        expect(await answerOf(opened.readModels.checkpoint(build))).toBe(BEGINNING);
        await answerOf(write(BEGINNING, 41, [couponOf('ana', 'a', 1)]));
        await answerOf(write(41, 57, []));
        expect(await answerOf(opened.readModels.checkpoint(build))).toBe(57);
      });

      it('turns away a writer that is late, and writes nothing of what it brings', async () => {
        await answerOf(write(BEGINNING, 5, [couponOf('ana', 'a', 1)]));
        const late = [couponOf('ana', 'a', 2), couponOf('ana', 'b', 2), { id: 'a', document: null, entries: [] }];
        expect(await write(BEGINNING, 7, late)()).toEqual(E.left('CheckpointMoved'));
        expect(await write(4, 7, late)()).toEqual(E.left('CheckpointMoved'));
        expect(await get('a')).toEqual({ id: 'a', user: 'ana', sort: 1 });
        expect(await idsOf()).toEqual(['a']);
        expect(await answerOf(opened.readModels.checkpoint(build))).toBe(5);
      });

      it('removes documents where the checkpoint stands, and leaves it there', async () => {
        await answerOf(write(BEGINNING, 5, [couponOf('ana', 'a', 1), couponOf('ana', 'b', 2)]));
        await answerOf(write(5, 5, [{ id: 'a', document: null, entries: [] }]));
        expect(await idsOf()).toEqual(['b']);
        expect(await answerOf(opened.readModels.checkpoint(build))).toBe(5);
      });

      it('lets one of several racing writers through at every step', async () => {
        const race = async (writer: string): Promise<number> => {
          let won = 0;
          for (let at = BEGINNING; at < 20; at = await answerOf(opened.readModels.checkpoint(build))) {
            const writes = [
              couponOf(writer, `at-${at + 1}`, at),
              { id: 'last', document: { writer, at }, entries: [] },
            ];
            const answer = await write(at, at + 1, writes)();
            if (E.isRight(answer)) won++;
            else expect(answer).toEqual(E.left('CheckpointMoved'));
          }
          return won;
        };
        const wins = await Promise.all(['ana', 'ben', 'cem'].map(race));
        expect(wins.reduce((sum, won) => sum + won)).toBe(21);
        const owned = await Promise.all(['ana', 'ben', 'cem'].map((key) => idsOf({ key })));
        expect(owned.map(({ length }) => length)).toEqual(wins);
      });
    });

    describe('filling', () => {
      const fill = (from: number, to: number, writes: Iterable<DocumentWrite>) =>
        opened.readModels.fill(build, writes, { from, to });

      it('ends with what one write after the other would have left, in whatever order it comes', async () => {
        const count = 5_000;
        const shuffled = Array.from({ length: count }, (_, n) => (n * 7_919) % count);
        await answerOf(
          fill(
            BEGINNING,
            10,
            shuffled.map((n) => couponOf(`user-${n % 700}`, `c-${n}`, n)),
          ),
        );
        const again: DocumentWrite[] = shuffled
          .slice(0, 3_000)
          .map((n) => (n % 3 === 0 ? { id: `c-${n}`, document: null, entries: [] } : couponOf('ana', `c-${n}`, n)));
        await answerOf(fill(10, 20, again));
        const changed = new Map(again.map((write) => [write.id, write]));
        const expected = shuffled.flatMap((n) => {
          const { id, document } = changed.get(`c-${n}`) ?? couponOf(`user-${n % 700}`, `c-${n}`, n);
          return document === null ? [] : [{ id, document }];
        });
        const { items } = await answerOf(opened.readModels.scan(build, null, count));
        expect(items).toEqual(expected.sort((one, other) => (one.id < other.id ? -1 : 1)));
        const anas = again.flatMap(({ id, document }) => (document === null ? [] : [id]));
        expect(new Set(await idsOf({ limit: count }))).toEqual(new Set(anas));
        const users = await idsOf({ key: 'user-1', limit: count });
        expect(users).toEqual(
          expected
            .flatMap(({ id, document }) => ('user' in document && document.user === 'user-1' ? [id] : []))
            .sort((one, other) => Number(one.slice(2)) - Number(other.slice(2))),
        );
        expect(await answerOf(opened.readModels.checkpoint(build))).toBe(20);
      });

      it('moves the checkpoint also without any document, and is turned away where it moved meanwhile', async () => {
        await answerOf(fill(BEGINNING, 5, []));
        expect(await answerOf(opened.readModels.checkpoint(build))).toBe(5);
        expect(await fill(BEGINNING, 7, [couponOf('ana', 'a', 1)])()).toEqual(E.left('CheckpointMoved'));
        expect(await get('a')).toBeUndefined();
      });
    });

    describe('indexes', () => {
      it('answers by key, in order of sort, and by id where sorts are equal', async () => {
        const writes = [
          couponOf('ana', 'c', 2),
          couponOf('ben', 'x', 0),
          couponOf('ana', 'b', 2),
          couponOf('ana', 'a', -1.5),
          couponOf('anabel', 'y', 0),
          couponOf('ana', 'd', 1_767_225_600_000),
        ];
        await answerOf(write(BEGINNING, 0, writes));
        expect(await idsOf()).toEqual(['a', 'b', 'c', 'd']);
        expect(await idsOf({ order: 'descending' })).toEqual(['d', 'c', 'b', 'a']);
        expect(await idsOf({ key: 'nobody' })).toEqual([]);
        expect(await idsOf({ index: 'by-nothing' })).toEqual([]);
      });

      it('replaces all entries of a document by its new ones', async () => {
        const entries = [...byUser('ana', 1), ...byUser('ben', 2), { index: 'by-status', key: 'OPEN', sort: 3 }];
        await answerOf(write(BEGINNING, 0, [{ id: 'a', document: {}, entries }]));
        await answerOf(write(0, 1, [{ id: 'a', document: {}, entries: [...byUser('ben', 7)] }]));
        expect(await idsOf()).toEqual([]);
        expect(await idsOf({ key: 'ben' })).toEqual(['a']);
        expect(await idsOf({ index: 'by-status', key: 'OPEN' })).toEqual([]);
        await answerOf(write(1, 2, [{ id: 'a', document: null, entries: [] }]));
        expect(await idsOf({ key: 'ben' })).toEqual([]);
      });

      it('replaces the entries that the writer tells it of, as it does those it has to look for', async () => {
        await answerOf(
          write(
            BEGINNING,
            0,
            ['a', 'b', 'c'].map((id) => couponOf('ana', id, 1)),
          ),
        );
        const replaced = byUser('ana', 1);
        const gone = { id: 'b', document: null, entries: [], replaced };
        await answerOf(
          write(0, 1, [{ ...couponOf('ben', 'a', 1), replaced }, gone, { ...couponOf('ana', 'c', 1), replaced }]),
        );
        expect([await idsOf(), await idsOf({ key: 'ben' })]).toEqual([['c'], ['a']]);
        expect([await get('a'), await get('b')]).toEqual([{ id: 'a', user: 'ben', sort: 1 }, undefined]);
      });

      it('answers a document once for each of its entries under one key', async () => {
        const [a, b] = [
          [...byUser('ana', 1), ...byUser('ana', 4)],
          [...byUser('ana', 2), ...byUser('ana', 3)],
        ];
        const writes = [
          { id: 'a', document: {}, entries: a },
          { id: 'b', document: {}, entries: b },
        ];
        await answerOf(write(BEGINNING, 0, writes));
        expect(await idsOf()).toEqual(['a', 'b', 'b', 'a']);
        expect(await idsOf({ from: 3 })).toEqual(['b', 'a']);
        expect(await allPages({ limit: 3 })).toEqual(['a', 'b', 'b', 'a']);
      });

      it('answers a range of sorts, both ends included, in both orders', async () => {
        const writes = [1, 2, 3, 4, 5].map((sort) => couponOf('ana', `c${sort}`, sort));
        await answerOf(write(BEGINNING, 0, writes));
        expect(await idsOf({ from: 2, to: 4 })).toEqual(['c2', 'c3', 'c4']);
        expect(await idsOf({ from: 2, to: 4, order: 'descending' })).toEqual(['c4', 'c3', 'c2']);
        expect(await idsOf({ from: 4 })).toEqual(['c4', 'c5']);
        expect(await idsOf({ to: 1.5 })).toEqual(['c1']);
        expect(await allPages({ from: 2, to: 5, limit: 2 })).toEqual(['c2', 'c3', 'c4', 'c5']);
        expect(await allPages({ from: 2, to: 5, limit: 2, order: 'descending' })).toEqual(['c5', 'c4', 'c3', 'c2']);
      });

      it('keeps keys apart that look alike', async () => {
        const keys = ['쿠폰', 'a:b', 'a', ':', ' ', 'ana\u0001', 'x'.repeat(64)];
        const writes = keys.map((key, index) => couponOf(key, `d-${index}`, index));
        await answerOf(write(BEGINNING, 0, writes));
        const found = await Promise.all(keys.map((key) => idsOf({ key })));
        expect(found).toEqual(keys.map((_, index) => [`d-${index}`]));
      });
    });

    describe('pages', () => {
      const twenty = Array.from({ length: 20 }, (_, n) => couponOf('ana', `c${String(n).padStart(2, '0')}`, n >> 1));

      it('lead to everything once, in either order', async () => {
        await answerOf(write(BEGINNING, 0, twenty));
        const ids = twenty.map(({ id }) => id);
        expect(await allPages({})).toEqual(ids);
        expect(await allPages({ order: 'descending' })).toEqual([...ids].reverse());
        expect(await allPages({ limit: 20 })).toEqual(ids);
      });

      it('neither repeat nor leave out what stays where it is, while others come and go', async () => {
        await answerOf(write(BEGINNING, 0, twenty));
        let at = 0;
        const meanwhile = async () => {
          const gone = { id: `c${String(at * 3 + 2).padStart(2, '0')}`, document: null, entries: [] };
          await answerOf(write(at, at + 1, [gone, couponOf('ana', `early-${at}`, -1), couponOf('ana', `z-${at}`, at)]));
          at++;
        };
        const ids = await allPages({}, meanwhile);
        expect(new Set(ids).size).toBe(ids.length);
        const stayed = await idsOf();
        const original = new Set(twenty.map(({ id }) => id));
        expect(ids).toEqual(expect.arrayContaining(stayed.filter((id) => original.has(id))));
        expect(ids.filter((id) => id.startsWith('early'))).toEqual([]);
      });

      it('are refused for a cursor that was never given', async () => {
        await answerOf(write(BEGINNING, 0, twenty));
        await answerOf(opened.readModels.flip(build));
        for (const cursor of ['garbage', '', '../../x', 'WzEsMl0', '0']) {
          const asked = { index: 'by-user', key: 'ana', limit: 3, cursor };
          expect(await opened.readModels.queryServed(build.view, asked)()).toEqual(E.left('InvalidCursor'));
        }
      });
    });

    describe('scanning', () => {
      const scan = (after: string | null) => answerOf(opened.readModels.scan(build, after, 10));

      it('goes through every document of a build in order of id', async () => {
        const ids = Array.from({ length: 25 }, (_, n) => `id-${String(n).padStart(3, '0')}`);
        await answerOf(
          write(
            BEGINNING,
            0,
            [...ids].reverse().map((id) => couponOf('ana', id, 0)),
          ),
        );
        const found: string[] = [];
        for (let after: string | null = null, more = true; more;) {
          const page: Awaited<ReturnType<typeof scan>> = await scan(after);
          found.push(...page.items.map(({ id }) => id));
          expect(page.items.every(({ document }) => typeof document === 'object')).toBe(true);
          after = page.items.at(-1)?.id ?? null;
          more = page.nextCursor !== null;
        }
        expect(found).toEqual(ids);
      });
    });

    describe('builds', () => {
      it('stand beside each other, each with its own documents, entries and checkpoint', async () => {
        await answerOf(write(BEGINNING, 5, [couponOf('ana', 'a', 1)]));
        await answerOf(opened.readModels.flip(build));
        await answerOf(write(BEGINNING, 3, [couponOf('ana', 'a', 2), couponOf('ana', 'b', 3)], next()));
        expect(await get('a')).toEqual({ id: 'a', user: 'ana', sort: 1 });
        expect(await get('a', next())).toEqual({ id: 'a', user: 'ana', sort: 2 });
        expect(await idsOf()).toEqual(['a']);
        expect(await answerOf(opened.readModels.checkpoint(build))).toBe(5);
        expect(await answerOf(opened.readModels.checkpoint(next()))).toBe(3);
        const { live, all } = await answerOf(opened.readModels.builds(build.view));
        expect(live).toEqual(O.some(build));
        expect(all).toEqual(expect.arrayContaining([build, next()]));
        expect(all).toHaveLength(2);
      });

      it('are live one at a time: the one flipped to last', async () => {
        expect(await answerOf(opened.readModels.builds(build.view))).toEqual({ live: O.none, all: [] });
        await answerOf(opened.readModels.flip(build));
        await answerOf(opened.readModels.flip(next()));
        expect((await answerOf(opened.readModels.builds(build.view))).live).toEqual(O.some(next()));
      });

      it('are served one at a time, each with its own documents and checkpoint', async () => {
        const served = async (ids: ReadonlyArray<string>) =>
          O.toUndefined(await answerOf(opened.readModels.served(build.view, ids)));
        expect(await served(['a'])).toBeUndefined();
        await answerOf(write(BEGINNING, 5, [couponOf('ana', 'a', 1)]));
        await answerOf(write(BEGINNING, 7, [couponOf('ana', 'b', 2)], next()));
        expect(await served(['a'])).toBeUndefined();
        await answerOf(opened.readModels.flip(build));
        const old = { id: 'a', user: 'ana', sort: 1 };
        expect(await served(['b', 'a'])).toEqual({ build, checkpoint: 5, documents: [O.none, O.some(old)] });
        await answerOf(opened.readModels.flip(next()));
        await answerOf(opened.readModels.drop(build));
        const fresh = { id: 'b', user: 'ana', sort: 2 };
        expect(await served(['b', 'a'])).toEqual({
          build: next(),
          checkpoint: 7,
          documents: [O.some(fresh), O.none],
        });
        await answerOf(write(7, 8, [], next()));
        expect(await served([])).toEqual({ build: next(), checkpoint: 8, documents: [] });
      });

      it('are served side by side in order of id, one build at a time', async () => {
        const scanned = async (prefix: string, after: string, limit: number) =>
          O.toUndefined(await answerOf(opened.readModels.scanServed(build.view, { prefix, after, limit })));
        const documentsOf = (...ids: ReadonlyArray<string>) =>
          ids.map((id) => ({ id, document: { id, user: 'ana', sort: 1 } }));
        const all = ['a/1', 'a/2', 'a/3', 'a/한', 'b/1'].map((id) => couponOf('ana', id, 1));
        expect(await scanned('', '', 10)).toBeUndefined();
        await answerOf(write(BEGINNING, 5, all));
        await answerOf(write(BEGINNING, 5, [couponOf('ana', 'a/4', 1)], next()));
        expect(await scanned('', '', 10)).toBeUndefined();
        await answerOf(opened.readModels.flip(build));
        const behind = await scanned('a/', 'a/1', 2);
        expect(behind).toEqual({ build, items: documentsOf('a/2', 'a/3'), nextCursor: 'a/3' });
        expect(await scanned('a/', 'a/3', 2)).toEqual({ build, items: documentsOf('a/한'), nextCursor: null });
        expect(await scanned('a/', 'a/한', 2)).toEqual({ build, items: [], nextCursor: null });
        expect(await scanned('b/', 'b/', 2)).toEqual({ build, items: documentsOf('b/1'), nextCursor: null });
        expect(await scanned('', 'a/한', 2)).toEqual({ build, items: documentsOf('b/1'), nextCursor: null });
        await answerOf(opened.readModels.flip(next()));
        await answerOf(opened.readModels.drop(build));
        expect(await scanned('', '', 10)).toEqual({ build: next(), items: documentsOf('a/4'), nextCursor: null });
      });

      it('are served by their entries, one build at a time', async () => {
        expect(await pageOf({})).toBeUndefined();
        await answerOf(write(BEGINNING, 5, [couponOf('ana', 'a', 1), couponOf('ana', 'b', 2)]));
        await answerOf(write(BEGINNING, 5, [couponOf('ana', 'c', 1)], next()));
        expect(await pageOf({})).toBeUndefined();
        await answerOf(opened.readModels.flip(build));
        const first = await pageOf({ limit: 1 });
        expect(first).toMatchObject({ build, items: [{ id: 'a', document: { id: 'a', user: 'ana', sort: 1 } }] });
        await answerOf(opened.readModels.flip(next()));
        await answerOf(opened.readModels.drop(build));
        expect(await pageOf({})).toMatchObject({ build: next(), items: [{ id: 'c' }], nextCursor: null });
        // A page that was begun in the build before goes on in this one.
        expect(await pageOf({ cursor: first?.nextCursor ?? '' })).toMatchObject({
          build: next(),
          items: [{ id: 'c' }],
        });
      });

      it('are served whole, however many documents are asked for', async () => {
        const many = Array.from({ length: 1_200 }, (_, n) => couponOf('ana', `c${n}`, n));
        await answerOf(write(BEGINNING, 5, many));
        await answerOf(opened.readModels.flip(build));
        const ids = many.map(({ id }) => id);
        const served = O.toUndefined(await answerOf(opened.readModels.served(build.view, ids)));
        expect(served?.documents).toEqual(many.map(({ document }) => O.some(document)));
      });

      it('leave nothing behind when dropped, and others alone', async () => {
        const many = Array.from({ length: 2_500 }, (_, n) => couponOf('ana', `c${n}`, n));
        await answerOf(write(BEGINNING, 5, many));
        await answerOf(write(BEGINNING, 6, [couponOf('ana', 'a', 1)], next()));
        await answerOf(opened.readModels.flip(next()));
        await answerOf(opened.readModels.drop(build));
        expect(await get('c0')).toBeUndefined();
        expect(await answerOf(opened.readModels.checkpoint(build))).toBe(BEGINNING);
        expect(await answerOf(opened.readModels.builds(build.view))).toEqual({ live: O.some(next()), all: [next()] });
        expect(await get('a', next())).toEqual({ id: 'a', user: 'ana', sort: 1 });

        await answerOf(write(BEGINNING, 1, [couponOf('ana', 'fresh', 1)]));
        expect(await idsOf()).toEqual(['fresh']);
      });
    });

    describe('watching', () => {
      it('tells whoever watches a document that it changed, once it can be read', async () => {
        const seen: unknown[] = [];
        // A store that is being connected to may tell watchers before it can be read.
        const look = async (): Promise<void> => {
          const found = await opened.readModels.getMany(build, ['a'])();
          if (E.isRight(found)) seen.push(...found.right.map(O.toUndefined));
        };
        const stop = opened.readModels.watch(build.view, 'a', () => void look());
        await answerOf(write(BEGINNING, 0, [couponOf('ana', 'a', 1)]));
        await eventually(() => expect(seen).toContainEqual({ id: 'a', user: 'ana', sort: 1 }));
        await answerOf(write(0, 1, [couponOf('ana', 'a', 2)]));
        await eventually(() => expect(seen).toContainEqual({ id: 'a', user: 'ana', sort: 2 }));
        stop();
        const calls = seen.length;
        await answerOf(write(1, 2, [couponOf('ana', 'a', 3)]));
        expect(await get('a')).toEqual({ id: 'a', user: 'ana', sort: 3 });
        expect(seen).toHaveLength(calls);
      });

      it('serves many watchers of one document, and each may go alone', async () => {
        const called = new Set<string>();
        const watch = (who: string) => opened.readModels.watch(build.view, 'a', () => void called.add(who));
        const [stopAna, stopBen, stopCem] = [watch('ana'), watch('ben'), watch('cem')];
        stopAna();
        await answerOf(write(BEGINNING, 0, [couponOf('ana', 'a', 1)]));
        await eventually(() => called.has('ben') && called.has('cem'));
        expect(called.has('ana')).toBe(false);
        stopBen();
        stopCem();
      });
    });
  });
};
