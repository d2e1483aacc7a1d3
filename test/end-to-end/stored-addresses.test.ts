import { NO_STREAM } from '../../src/application/ports/event-store.js';
import { orderStream } from '../../src/application/checkout/aggregates/order-aggregate.js';
import { type OrderEvent } from '../../src/domain/order/events.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { answerOf } from '../support/answer-of.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

let server: RunningServer;
afterAll(() => server.stop());
const newDir = tempDirs();
beforeAll(async () => {
  server = await startInProcess(newDir(), { LOG_LEVEL: 'silent' });
});

/** As deep as an address could be before its form was bounded. */
const DEEPEST = 4_000;
const nested = Array.from({ length: DEEPEST }).reduce<Record<string, unknown>>((inner) => ({ inner }), { street: 'x' });

const placed: OrderEvent = {
  type: 'OrderCreated',
  orderId: 'old',
  userId: 'ana',
  lines: [{ productId: 'ticket', quantity: 1, unitPrice: 500 }],
  shipping: nested,
  couponId: null,
  discount: 0,
  points: 0,
  total: 500,
  holdExpiresAt: Date.UTC(2100, 0, 1),
  at: Date.UTC(2026, 0, 1),
};

test('an order whose address was taken before its form was bounded is listed, and its view can be built anew', async () => {
  const store = server.container.get(Tokens.EventStore);
  await answerOf(
    store.append(orderStream('old'), NO_STREAM, [{ id: 'old-1', event: placed, metadata: { correlationId: 'test' } }]),
  );
  await eventually(async () =>
    expect(await http(`${server.url}/api/users/ana/orders`)).toMatchObject({
      status: 200,
      body: { items: [{ orderId: 'old', total: 500 }] },
    }),
  );
  expect(await http(`${server.url}/api/orders/old`)).toMatchObject({ status: 200 });
  const rebuilt = await http(`${server.url}/admin/projections/orders/rebuild`, { verify: true });
  expect(rebuilt).toMatchObject({ status: 200, body: { comparison: { differing: 0 } } });
});
