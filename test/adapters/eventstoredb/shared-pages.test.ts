import { either as E } from 'fp-ts';
import { type AllPage, sharedPages } from '../../../src/adapters/eventstoredb/shared-pages.js';

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
    expect(new Set(await Promise.all(asked)).size).toBe(1);
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

  it('elsewhere are other pages', async () => {
    const { readings, pageAfter } = server();
    const asked = [pageAfter(-1, 10), pageAfter(5, 10), pageAfter(-1, 20)];
    readings.forEach((end) => end(true));
    await Promise.all(asked);
    expect(readings).toHaveLength(3);
  });
});
