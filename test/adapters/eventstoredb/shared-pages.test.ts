import { either as E } from 'fp-ts';
import { type AllPage, sharedPages } from '../../../src/adapters/eventstoredb/shared-pages.js';
import { recorded } from '../../support/in-memory/recorded.js';

/** A server whose readings end when the test says so, each telling how often it was asked. */
const server = () => {
  const readings: Array<(caughtUp: boolean) => void> = [];
  const read = () =>
    new Promise<E.Either<unknown, AllPage>>((resolve) => {
      const position = readings.length;
      readings.push((caughtUp) => resolve(E.right({ received: [], position, caughtUp })));
    });
  return { readings, pageAfter: sharedPages(read) };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('pages of all events', () => {
  it('are read once for all who want the same', async () => {
    const { readings, pageAfter } = server();
    const asked = [pageAfter(-1, 10), pageAfter(-1, 10), pageAfter(-1, 10)];
    readings[0]?.(false);
    for (const page of await Promise.all(asked)) expect(page).toMatchObject({ right: { position: 0 } });
    await pageAfter(-1, 10);
    expect(readings).toHaveLength(1);
  });

  it('that reach the end are read anew for whoever asked after the reading began, once for all of them', async () => {
    const { readings, pageAfter } = server();
    const first = pageAfter(-1, 10);
    const later = [pageAfter(-1, 10), pageAfter(-1, 10)];
    readings[0]?.(true);
    expect(await first).toMatchObject({ right: { position: 0 } });
    await settled();
    const last = pageAfter(-1, 10);
    readings[1]?.(true);
    for (const page of await Promise.all(later)) expect(page).toMatchObject({ right: { position: 1 } });
    await settled();
    readings[2]?.(true);
    expect(await last).toMatchObject({ right: { position: 2 } });
    expect(readings).toHaveLength(3);
  });

  it('of another size are other pages', async () => {
    const { readings, pageAfter } = server();
    const asked = [pageAfter(-1, 10), pageAfter(-1, 20)];
    readings.forEach((end) => end(true));
    await Promise.all(asked);
    expect(readings).toHaveLength(2);
  });
});

describe('readers that stand close together', () => {
  const all = Array.from({ length: 100 }, (_, n) => recorded({ type: 'Sampled', n }, n));
  /** A log of a hundred events; each reading waits until it is let go. */
  const log = () => {
    const froms: number[] = [];
    const held: Array<() => void> = [];
    const read = async (after: number, batchSize: number): Promise<E.Either<unknown, AllPage>> => {
      froms.push(after);
      await new Promise<void>((resolve) => held.push(resolve));
      const events = all.filter(({ position }) => position > after).slice(0, batchSize);
      const position = events.at(-1)?.position ?? after;
      const caughtUp = position === all.length - 1;
      return E.right({ received: events.map((event) => ({ event, following: 0 })), position, caughtUp });
    };
    const pages = sharedPages(read);
    return {
      froms,
      letGo: async () => {
        for (let end = held.shift(); end !== undefined; end = held.shift()) {
          end();
          await settled();
        }
      },
      positionsAfter: async (after: number) => {
        const page = await pages(after, 10);
        return E.isRight(page) ? page.right.received.map(({ event }) => event.position) : [];
      },
    };
  };

  it('near the end are all served by one reading, each with what is behind its own position', async () => {
    const { froms, letGo, positionsAfter } = log();
    const [before, ...asked] = [89, 97, 91, 95, 98].map(positionsAfter);
    await letGo();
    expect(await before).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
    expect(await Promise.all(asked)).toEqual([[98, 99], [92, 93, 94, 95, 96, 97, 98, 99], [96, 97, 98, 99], [99]]);
    expect(froms).toEqual([89, 91]);
  });

  it('before the end share the page that is kept', async () => {
    const { froms, letGo, positionsAfter } = log();
    const asked = [9, 12, 15].map(positionsAfter);
    await letGo();
    expect(await Promise.all(asked)).toEqual([
      [10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
      [13, 14, 15, 16, 17, 18, 19],
      [16, 17, 18, 19],
    ]);
    expect(froms).toEqual([9]);
  });

  it('are not kept waiting by one that is far behind', async () => {
    const { froms, letGo, positionsAfter } = log();
    const first = positionsAfter(95);
    const end = positionsAfter(97);
    const behind = [0, 20, 40].map(positionsAfter);
    await letGo();
    expect(await Promise.all([first, end])).toEqual([
      [96, 97, 98, 99],
      [98, 99],
    ]);
    expect((await Promise.all(behind)).map((page) => page[0])).toEqual([1, 21, 41]);
    expect(froms).toEqual([95, 0, 97, 20, 40]);
  });
});
