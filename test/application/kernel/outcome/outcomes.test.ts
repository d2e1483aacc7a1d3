import { option as O } from 'fp-ts';
import { deciderOutcomeRule, outcomeId } from '../../../../src/application/kernel/outcome/decider-outcomes.js';
import { DONE, type Outcome, outcomesView } from '../../../../src/application/kernel/outcome/outcomes.js';
import { eventId } from '../../../../src/application/kernel/writer/event-ids.js';
import { rejectionsStream, type RejectionEvent } from '../../../../src/application/kernel/writer/rejected-requests.js';
import { type EventBody, type RecordedEvent } from '../../../../src/application/ports/event-store.js';

const key = 'console';
const streams = { context: 'stock', streamOf: (productId: string) => `stock-${productId}` } as const;
const outcomes = outcomesView([deciderOutcomeRule(streams, ({ type }) => type === 'StockReserved')]);
const recorded = (streamId: string, id: string, event: EventBody, position: number): RecordedEvent => ({
  id,
  event,
  metadata: { correlationId: 'c' },
  streamId,
  revision: position,
  position,
  recordedAt: 0,
});
/** What a request leads to, as the writer of the product records it. */
const done = (requestId: string, position: number): RecordedEvent =>
  recorded(`stock-${key}`, eventId(`stock-${key}`, requestId, 0), { type: 'StockReserved' }, position);
const rejection = (event: RejectionEvent, position: number): RecordedEvent =>
  recorded(rejectionsStream('stock', key), `${event.type}/${position}`, event, position);
const rejected = (requestId: string, code: string, position: number): RecordedEvent =>
  rejection({ type: 'RequestRejected', context: 'stock', key, requestId, code, at: 0 }, position);
const withdrawn = (requestId: string, position: number): RecordedEvent =>
  rejection(
    { type: 'RequestRejectionWithdrawn', context: 'stock', key, requestId, deadLetterId: 'letter', at: 0 },
    position,
  );

const outcomeAfter = (requestId: string, ...events: ReadonlyArray<RecordedEvent>): O.Option<Outcome> => {
  const id = outcomeId(streams, key, requestId);
  const fold = (known: Outcome | null, event: RecordedEvent) =>
    outcomes.documentIds(event).includes(id) ? outcomes.fold(known, event, id) : known;
  return O.fromNullable(events.reduce(fold, null));
};

describe('what became of a request to a writer', () => {
  it('is that it was done, from the position of its own first event', () => {
    expect(outcomeAfter('r1', done('r1', 7))).toStrictEqual(O.some({ position: 7, result: DONE, processedAt: 0 }));
  });

  it('is not told by what another request led to, however much alike', () => {
    expect(outcomeAfter('r1', done('r2', 7), rejected('r3', 'SOLD_OUT', 8))).toStrictEqual(O.none);
  });

  it('is why it was rejected, and stays so', () => {
    const outcome = outcomeAfter('r1', rejected('r1', 'SOLD_OUT', 7), rejected('r1', 'NOT_HELD', 8));
    expect(outcome).toStrictEqual(O.some({ position: 7, result: 'SOLD_OUT', processedAt: 0 }));
  });

  it('is open while a rejection is withdrawn, and then what the replay led to', () => {
    const failed = rejected('r1', 'UNPROCESSABLE', 7);
    expect(outcomeAfter('r1', failed, withdrawn('r1', 8))).toStrictEqual(O.none);
    const replayed = outcomeAfter('r1', failed, withdrawn('r1', 8), done('r1', 9));
    expect(replayed).toStrictEqual(O.some({ position: 9, result: DONE, processedAt: 0 }));
  });

  it('stays that it was done, though its dead letter is replayed again and then rejected', () => {
    const [failed, first] = [rejected('r1', 'UNPROCESSABLE', 7), withdrawn('r1', 8)];
    const outcome = outcomeAfter(
      'r1',
      failed,
      first,
      done('r1', 9),
      withdrawn('r1', 10),
      rejected('r1', 'NOT_HELD', 11),
    );
    expect(outcome).toStrictEqual(O.some({ position: 9, result: DONE, processedAt: 0 }));
  });
});
