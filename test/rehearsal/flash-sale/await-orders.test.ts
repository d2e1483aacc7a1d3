import { awaitOrders } from '../../../src/rehearsal/flash-sale/await-orders.js';

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
  const seeOrder = async (): Promise<string> => {
    ending.abort(new Error('given up'));
    return 'UNKNOWN';
  };
  await expect(awaitOrders(seeOrder, [held], 1, () => undefined, ending.signal)).rejects.toThrow('given up');
});
