import { createClient } from '../../../packages/client/src/index.js';
import { createAnswers } from '../../../src/rehearsal/flash-sale/answers.js';
import { awaitOrders, seeOrder } from '../../../src/rehearsal/flash-sale/await-orders.js';

test('who waits for orders waits no longer once the whole is given up, however long their goods are held', async () => {
  const held = {
    shopper: {
      userId: 'ana',
      orderId: 'o-1',
      patience: 'stays',
      product: 0,
      quantity: 1,
      usesPoints: false,
      fate: 'pays',
    },
    total: 1_000,
    holdExpiresAt: Date.now() + 600_000,
    paid: true,
    cancelled: false,
  } as const;
  const ending = new AbortController();
  const client = createClient({
    url: 'http://away.example',
    retryForMs: 0,
    fetch: async () => {
      ending.abort(new Error('given up'));
      throw new Error('away');
    },
  });
  const see = seeOrder(client, createAnswers(), ending.signal);
  await expect(awaitOrders(see, [held], 1, () => undefined)).rejects.toThrow('given up');
});
