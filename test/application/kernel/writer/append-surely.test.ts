import { either as E } from 'fp-ts';
import { appendSurely } from '../../../../src/application/kernel/writer/append-surely.js';
import { type EventStore, type EventToAppend, NO_STREAM } from '../../../../src/application/ports/event-store.js';
import { answerOf } from '../../../support/answer-of.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';

/** What the store does to one try: all it can, and all it can say of it. */
const tries = ['written', 'written, unheard', 'lost, unheard', 'refused'] as const;
type Try = (typeof tries)[number];

const event = (id: string, text = ''): EventToAppend => ({
  id,
  event: { type: 'Said', ...{ text } },
  metadata: { correlationId: 'c' },
});

const storeThat = (does: ReadonlyArray<Try>) => {
  const store = new InMemoryEventStore();
  let at = 0;
  const append: EventStore['append'] =
    (...asked) =>
    async () => {
      const now = does[Math.min(at++, does.length - 1)] ?? 'written';
      if (now === 'refused') return E.left('EventStoreUnavailable');
      if (now === 'lost, unheard') return E.left('AppendOutcomeUnknown');
      const answer = await store.append(...asked)();
      return now === 'written' ? answer : E.left('AppendOutcomeUnknown');
    };
  const eventStore: EventStore = {
    append,
    readStream: store.readStream,
    lastRevision: store.lastRevision,
    keepFor: store.keepFor,
  };
  return { eventStore, stands: async () => (await answerOf(store.readStream('s', 0, 10))).length };
};

const sequences = (length: number): ReadonlyArray<ReadonlyArray<Try>> =>
  length === 0 ? [[]] : sequences(length - 1).flatMap((before) => tries.map((next) => [...before, next]));

test('whatever the store does at each try: success and failure are only said of what is known', async () => {
  const wrong: unknown[] = [];
  for (const does of sequences(5)) {
    const { eventStore, stands } = storeThat(does);
    const answer = await appendSurely(eventStore)('s', NO_STREAM, [event('1')])();
    const written = (await stands()) === 1;
    const isTrue = E.isRight(answer) ? written : answer.left !== 'EventStoreUnavailable' || !written;
    if (!isTrue) wrong.push({ does, answer });
  }
  expect(wrong).toEqual([]);
});

test('once unknown it stays unknown, also when every later try is refused', async () => {
  const { eventStore } = storeThat(['lost, unheard', 'refused']);
  expect(await appendSurely(eventStore)('s', NO_STREAM, [event('1')])()).toEqual(E.left('AppendOutcomeUnknown'));
});

test('a success after refusals and silence tells', async () => {
  const { eventStore } = storeThat(['written, unheard', 'refused', 'written']);
  expect(await appendSurely(eventStore)('s', NO_STREAM, [event('1')])()).toMatchObject({ right: { revision: 0 } });
});

test('where a first piece is written and the next one refused, nobody says that nothing was written', async () => {
  const { eventStore, stands } = storeThat(['written', 'refused']);
  const large = 'x'.repeat(200_000);
  const answer = await appendSurely(eventStore)('s', NO_STREAM, [event('1', large), event('2', large)])();
  expect([answer, await stands()]).toEqual([E.left('AppendOutcomeUnknown'), 1]);
});
