import { getEventListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { BatchBuffer } from '../../../src/adapters/eventstoredb/batch-buffer.js';
import { recorded } from '../../support/in-memory/recorded.js';

const event = (position: number) => recorded({ type: 'Happened' }, position);
/** Long enough for whoever was woken to go on, too short for any clock. */
const aMoment = async () => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
};

describe('what a server pushes event by event', () => {
  const { signal } = new AbortController();

  it('is handed over together when it was appended together', async () => {
    const buffer = new BatchBuffer(-1, 10);
    const next = buffer.next(signal);
    for (const position of [0, 1, 2]) {
      buffer.add(event(position));
      await aMoment();
    }
    expect((await next)?.events.map(({ position }) => position)).toEqual([0, 1, 2]);
  });

  it('is handed over whole, however late the rest of an append comes in, also behind a batch that is being handled', async () => {
    const buffer = new BatchBuffer(-1, 10);
    buffer.add(event(0));
    await buffer.next(signal);
    buffer.add(event(1));
    buffer.add(event(2), 2);
    buffer.handled();
    expect(await buffer.next(signal)).toMatchObject({ position: 1, events: [{ position: 1 }] });
    buffer.handled();
    const next = buffer.next(signal);
    buffer.add(event(3), 1);
    expect(await Promise.race([next, setTimeout(20, 'nothing yet')])).toBe('nothing yet');
    buffer.add(event(4));
    expect(await next).toMatchObject({ position: 4, events: [{ position: 2 }, { position: 3 }, { position: 4 }] });
  });

  it('is not cut where a batch ends, unless it is more than a batch', async () => {
    const buffer = new BatchBuffer(-1, 3);
    for (const [position, following] of [
      [0, 1],
      [1, 0],
      [2, 1],
      [3, 0],
      [4, 3],
      [5, 2],
      [6, 1],
      [7, 0],
    ] as const)
      buffer.add(event(position), following);
    const sizes: number[] = [];
    while (sizes.reduce((sum, size) => sum + size, 0) < 8) {
      sizes.push((await buffer.next(signal))?.events.length ?? 0);
      buffer.handled();
    }
    expect(sizes).toStrictEqual([2, 2, 3, 1]);
  });

  it('is not waited for when the server has no more of it, or goes on with something else', async () => {
    const buffer = new BatchBuffer(-1, 10);
    buffer.add(event(0), 1);
    buffer.caughtUp();
    expect(await buffer.next(signal)).toMatchObject({ position: 0, events: [{ position: 0 }] });
    buffer.handled();
    buffer.add(event(1), 1);
    buffer.passed(5);
    expect(await buffer.next(signal)).toMatchObject({ position: 5, events: [{ position: 1 }] });
  });

  it('is handed over at once when it came while the batch before was handled, and no more than a batch', async () => {
    const buffer = new BatchBuffer(-1, 2);
    buffer.add(event(0));
    await buffer.next(signal);
    for (const position of [1, 2, 3]) buffer.add(event(position));
    buffer.handled();
    let batch = await Promise.race([buffer.next(signal), aMoment()]);
    expect(batch).toMatchObject({ position: 2, events: [{ position: 1 }, { position: 2 }] });
    buffer.handled();
    batch = await Promise.race([buffer.next(signal), aMoment()]);
    expect(batch).toMatchObject({ position: 3, events: [{ position: 3 }] });
  });

  it('leaves nothing behind however often it was full', async () => {
    const { signal: endless } = new AbortController();
    const buffer = new BatchBuffer(-1, 1);
    for (let round = 0; round < 20; round++) {
      buffer.add(event(2 * round));
      buffer.add(event(2 * round + 1));
      const room = buffer.untilRoom(endless);
      await buffer.next(endless);
      await room;
      buffer.handled();
      await buffer.next(endless);
      buffer.handled();
    }
    expect(getEventListeners(endless, 'abort')).toHaveLength(0);
  });

  it('is waited for no longer, nor is room for it, by who was told to end before the wait began', async () => {
    const ended = AbortSignal.abort();
    const buffer = new BatchBuffer(-1, 1);
    buffer.add(event(0));
    buffer.add(event(1));
    const room = buffer.untilRoom(ended).then(() => 'goes on');
    expect(await Promise.race([room, aMoment()])).toBe('goes on');
    expect(await buffer.next(ended)).toBeNull();
  });
});
