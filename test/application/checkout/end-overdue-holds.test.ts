import { either as E } from 'fp-ts';
import { endOverdueHolds } from '../../../src/application/checkout/drive/end-overdue-holds.js';
import { stockHoldsView } from '../../../src/application/checkout/stock/views/stock-holds.js';
import { liveReader } from '../../../src/application/kernel/projection/live-reader.js';
import { BEGINNING } from '../../../src/application/ports/event-store.js';
import { unknownOrder } from '../../../src/domain/order/order.js';
import { InMemoryReadModels } from '../../support/in-memory/read-models.js';
import { recordingLog, wallClock } from '../../support/in-memory/quiet.js';

const NOW = 1_000_000;
const UNREADABLE = 'unreadable';

const world = async (
  holds: ReadonlyArray<{ readonly orderId: string; readonly status: 'Held' | 'Deducted'; readonly expiresAt: number }>,
) => {
  const readModels = new InMemoryReadModels();
  const build = { view: stockHoldsView.name, version: stockHoldsView.version, build: 1 };
  const writes = holds.map((hold) => {
    const document = { ...hold, productId: 'lamp', quantity: 1 };
    const id = `${hold.orderId}/lamp`;
    return { id, document, entries: stockHoldsView.entries(document, id) };
  });
  await readModels.write(build, writes, { from: BEGINNING, to: 1 })();
  await readModels.flip(build)();
  const driven: string[] = [];
  const log = recordingLog();
  const end = endOverdueHolds({
    reader: liveReader(readModels),
    clock: { ...wallClock, now: () => NOW },
    log,
    drive:
      ({ orderId }) =>
      async () => {
        driven.push(orderId);
        if (orderId === UNREADABLE) throw new Error('its events cannot be read');
        return E.right({ order: unknownOrder, revision: 0, position: 0, waitsFor: [] });
      },
  });
  return { end, driven, log };
};

test('an order that holds goods long after its hold ran out is driven; no other', async () => {
  const { end, driven } = await world([
    { orderId: 'overdue', status: 'Held', expiresAt: NOW - 10_000 },
    { orderId: 'its deadline is at work', status: 'Held', expiresAt: NOW - 9_999 },
    { orderId: 'bought', status: 'Deducted', expiresAt: NOW - 60_000 },
  ]);
  expect(await end()()).toEqual(E.right(1));
  expect(driven).toEqual(['overdue']);
});

test('however many are stuck, each has its turn', async () => {
  const holds = Array.from({ length: 150 }, (_, n) => ({
    orderId: `order-${String(n)}`,
    status: 'Held' as const,
    expiresAt: NOW - 100_000 + n,
  }));
  const { end, driven } = await world(holds);
  await end()();
  await end()();
  expect(driven).toHaveLength(150);
  await end()();
  expect(new Set(driven).size).toBe(150);
  expect(driven.slice(150)).toEqual(driven.slice(0, 100));
});

test('an order that cannot be read hides none of those behind it, and is told', async () => {
  const { end, driven, log } = await world([
    { orderId: UNREADABLE, status: 'Held', expiresAt: NOW - 60_000 },
    { orderId: 'behind it', status: 'Held', expiresAt: NOW - 50_000 },
  ]);
  expect(await end()()).toEqual(E.right(2));
  expect(driven).toEqual([UNREADABLE, 'behind it']);
  expect(log.lines).toEqual([expect.stringMatching(/^warn .*cannot be driven/)]);
});
