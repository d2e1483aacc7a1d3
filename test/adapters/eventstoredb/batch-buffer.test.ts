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
});
