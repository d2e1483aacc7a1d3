import { either as E, taskEither as TE } from 'fp-ts';
import { handleSaga } from '../../../src/application/checkout/aggregates/order-parking.js';
import { type Driven, type Driving } from '../../../src/application/checkout/drive/drive-order.js';
import { keepDriving } from '../../../src/application/checkout/drive/keep-driving.js';
import { fails, type StepError, waits } from '../../../src/application/checkout/drive/run.js';
import { type Acted } from '../../../src/application/kernel/process/put-off.js';
import { type Alert } from '../../../src/application/ports/alerts.js';
import { unknownOrder } from '../../../src/domain/order/order.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { noSnapshots } from '../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics, wallClock } from '../../support/in-memory/quiet.js';

const done = E.right({ order: unknownOrder, revision: 0, position: 0, waitsFor: [] });

/** Tried again, as often as it is put off. */
const untilItsEnd = async (acting: Promise<Acted>): Promise<boolean> => {
  const acted = await acting;
  if (typeof acted === 'boolean') return acted;
  await acted.rested;
  return untilItsEnd(acted.again());
};

const world = (answers: Array<E.Either<StepError, Driven>>) => {
  const eventStore = new InMemoryEventStore();
  let ids = 0;
  const alerts: Alert[] = [];
  const load = { eventStore, snapshots: noSnapshots, logger: recordingLog() };
  const saga = handleSaga({ ...load, ids: { next: () => `id-${(ids += 1)}` } });
  const drivenAs: Driving['known'][] = [];
  const work = keepDriving({
    ...load,
    drive:
      ({ known }) =>
      async () => {
        drivenAs.push(known);
        return answers.shift() ?? done;
      },
    handleSaga: saga,
    alerts: { raise: (alert) => TE.fromIO(() => void alerts.push(alert)) },
    clock: wallClock,
    metrics: recordingMetrics(),
    backOffMs: 1,
  });
  const recorded = async () => {
    const events = await eventStore.readStream('orderSaga-o1', 0, 10)();
    return E.isRight(events) ? events.right.map(({ event }) => event.type) : [];
  };
  const run = (known?: Driving['known']) =>
    untilItsEnd(work({ orderId: 'o1', correlationId: 'trace' }, new AbortController().signal, known));
  return { run, saga, alerts, recorded, tries: () => drivenAs.length, drivenAs, eventStore };
};

const against = fails('DEDUCT_STOCK', 'INSUFFICIENT_STOCK');

test('what fails twice and then comes through is not parked', async () => {
  const { run, tries, recorded } = world([against, against]);
  expect(await run()).toBe(true);
  expect(tries()).toBe(3);
  expect(await recorded()).toEqual([]);
});

test('what fails three times parks the order, alone, and tells somebody', async () => {
  const { run, tries, recorded, alerts } = world([against, against, against]);
  expect(await run()).toBe(true);
  expect(tries()).toBe(3);
  expect(await recorded()).toEqual(['SagaParked']);
  expect(alerts).toMatchObject([{ title: 'An order is parked', key: 'saga-DEDUCT_STOCK' }]);
});

test('while it is parked nothing more is done for it; when an operator says so it goes on', async () => {
  const { run, tries, saga } = world([against, against, against]);
  await run();
  await run();
  expect(tries()).toBe(3);
  const release = {
    type: 'Release',
    orderId: 'o1',
    how: 'REPLAYED',
    actor: 'olga',
    reason: 'restocked',
    at: 1,
  } as const;
  expect(E.isRight(await saga(release, 'trace')())).toBe(true);
  await run();
  expect(tries()).toBe(4);
});

test('an order that is known is driven as it is known, and nothing is read first', async () => {
  const { run, drivenAs, eventStore } = world([done]);
  eventStore.unavailable = true;
  const known = { order: unknownOrder, revision: 3, position: 7 };
  expect(await run(known)).toBe(true);
  expect(drivenAs).toStrictEqual([known]);
});

test('if the known state leads to no result, the order is read, and it is parked only because of what was read', async () => {
  const { run, drivenAs, recorded } = world([against, against, against]);
  const known = { order: unknownOrder, revision: 3, position: 7 };
  expect(await run(known)).toBe(true);
  expect(drivenAs).toStrictEqual([known, undefined, undefined]);
  expect(await recorded()).toEqual(['SagaParked']);
});

test('an engine that is away is waited for, however long: no order is parked for that', async () => {
  const away = waits('DEDUCT_STOCK', 'UNAVAILABLE');
  const { run, recorded, tries } = world([away, away, away, away, away, against, away]);
  expect(await run()).toBe(true);
  expect(tries()).toBe(8);
  expect(await recorded()).toEqual([]);
});

test('one that is interrupted says so: it is done again by whoever comes next', async () => {
  const eventStore = new InMemoryEventStore();
  const load = { eventStore, snapshots: noSnapshots, logger: recordingLog() };
  const stopping = new AbortController();
  const work = keepDriving({
    ...load,
    drive: () => async () => {
      stopping.abort();
      return waits('CONFIRM_ORDER', 'EventStoreUnavailable');
    },
    handleSaga: handleSaga({ ...load, ids: { next: () => 'id' } }),
    alerts: { raise: () => TE.right(undefined) },
    clock: wallClock,
    metrics: recordingMetrics(),
    backOffMs: 1,
  });
  expect(await untilItsEnd(work({ orderId: 'o1', correlationId: 'trace' }, stopping.signal))).toBe(false);
});
