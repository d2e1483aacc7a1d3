import { either as E, taskEither as TE } from 'fp-ts';
import { askStock } from '../../../../src/application/checkout/stock/ask-stock.js';
import { deciderOutcomes } from '../../../../src/application/kernel/outcome/decider-outcomes.js';
import { liveReader } from '../../../../src/application/kernel/projection/live-reader.js';
import { projectionOf } from '../../../../src/application/kernel/projection/projection.js';
import { startProjections } from '../../../../src/application/kernel/projection/start-projections.js';
import { allOutcomesView } from '../../../../src/application/operating/all-projections.js';
import { type Message } from '../../../../src/application/ports/message-log.js';
import { answerOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { inMemoryLeases } from '../../../support/in-memory/leases.js';
import { recordingLog, recordingMetrics, wallClock } from '../../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';

const [productId, orderId] = ['console', 'order-1'];
const at = Date.UTC(2026, 0, 1);
const held = { type: 'StockReserved', productId, orderId, quantity: 2, expiresAt: at + 600_000, at };
const deducted = { type: 'StockDeducted', productId, orderId, quantity: 2, at };

/** Views that show what happened, and a writer of the product that has not come to any new request. */
const seen = async (...events: ReadonlyArray<{ readonly type: string }>) => {
  const eventStore = new InMemoryEventStore();
  const readModels = new InMemoryReadModels();
  const projections = startProjections({
    feed: eventStore,
    readModels,
    clock: wallClock,
    log: recordingLog(),
    metrics: recordingMetrics(),
    leases: inMemoryLeases(),
  })([projectionOf(allOutcomesView)]);
  await projections.ready;
  const recorded = events.map((event, index) => ({ id: `e${index}`, event, metadata: { correlationId: 't' } }));
  await answerOf(eventStore.append(`stock-${productId}`, -1, recorded));
  const shown = () => answerOf(liveReader(readModels).get(deciderOutcomes, `stock/e${events.length - 1}`));
  await eventually(async () => expect(await shown()).toMatchObject({ _tag: 'Some' }));
  const asked: Message[] = [];
  const log = {
    publish: (_: string, message: Message) => TE.fromIO(() => ({ partition: 0, offset: asked.push(message) - 1 })),
  };
  let id = 0;
  const stock = askStock({ log, readModels, clock: wallClock, ids: { next: () => `id-${(id += 1)}` }, waitMs: 100 });
  return { stock, asked, stop: () => projections.stop() };
};

describe('what is asked of a stock', () => {
  const line = { productId, orderId };
  it.each([
    ['taking again what is held, or was', [held], 'reserve'],
    ['taking again what was bought, or is given back by now', [held, deducted], 'reserve'],
    ['buying what was bought, or is given back by now', [held, deducted], 'deduct'],
  ] as const)('is answered by its own answer alone: %s', async (_, events, verb) => {
    const { stock, asked, stop } = await seen(...events);
    const asking = {
      reserve: stock.reserve({ ...line, quantity: 2, expiresAt: at + 600_000, again: true }, 't'),
      deduct: stock.deduct(line, 't'),
    };
    expect(await asking[verb]()).toMatchObject(E.left({ code: 'OUTCOME_UNKNOWN' }));
    expect(asked).toHaveLength(1);
    await stop();
  });

  it('has an id of its own each time, of the same order too', async () => {
    const { stock, asked, stop } = await seen(held);
    await Promise.all([stock.deduct(line, 't')(), stock.deduct(line, 't')()]);
    expect(asked.map((message) => /id-\d/.exec(JSON.stringify(message))?.[0])).toEqual(['id-1', 'id-2']);
    await stop();
  });
});
