import { type EventBody, NO_STREAM } from '../../../../src/application/ports/event-store.js';
import { begunWith } from '../../../../src/application/kernel/writer/begun-with.js';
import { answerOf } from '../../../support/answer-of.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';

const created = { type: 'Created', name: 'Lamp', policy: { cancel: 'ALLOWED' }, at: 1 };

describe('whether a stream was begun with an event', () => {
  const store = new InMemoryEventStore();
  const begun = (event: EventBody & Partial<typeof created>) => answerOf(begunWith(store)('lamp', event));

  it('is told by its content, not by its time, and whatever came after it', async () => {
    expect(await begun(created)).toBeNull();
    const events = [created, { type: 'Renamed', name: 'Torch', at: 2 }].map((event, n) => ({
      id: `0000000${n}-0000-4000-8000-000000000000`,
      event,
      metadata: { correlationId: 'c' },
    }));
    await answerOf(store.append('lamp', NO_STREAM, events));
    expect(await begun({ ...created, at: 3 })).not.toBeNull();
    expect(await begun({ ...created, name: 'Torch' })).toBeNull();
    expect(await begun({ ...created, policy: { cancel: 'REFUSED' } })).toBeNull();
  });
});
