import { eventually } from '../support/eventually.js';
import { type ChildServer, startChildServer } from '../support/server/child-server.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';
import { startTypescript } from '../support/typescript-child.js';

const newDir = tempDirs();
const MINUTE = 60_000;
const [productId, couponId, userId, orderId] = ['console', 'tenth', 'ana', 'order-1'];
const order = {
  orderId,
  userId,
  lines: [{ productId, quantity: 2 }],
  shipping: { recipient: 'Ana', address: 'Harbour 1' },
  couponId,
  usePoints: 300,
};

/** A directory in which goods, coupon and points were taken for an order that was not created yet: killed in between. */
const killedInBetween = async (holdSeconds: string): Promise<string> => {
  const directory = newDir();
  const child = startTypescript(new URL('./children/die-before-the-order.ts', import.meta.url), [
    directory,
    holdSeconds,
  ]);
  const url = await eventually(() => child.lines()[0] ?? false);
  await http(`${url}/api/products`, { productId, name: 'Console', price: 1_000, stock: 3 });
  await http(`${url}/api/coupons`, { couponId, name: 'C', quantity: 1, discount: { kind: 'PERCENT', value: 10 } });
  await http(`${url}/api/coupons/${couponId}/issue`, { userId });
  await http(`${url}/api/users/${userId}/points/charge`, { amount: 500 });
  await eventually(async () =>
    expect((await http(`${url}/api/users/${userId}/coupons`)).body).toMatchObject({ items: [{ status: 'AVAILABLE' }] }),
  );
  await expect(http(`${url}/api/orders`, order)).rejects.toThrow();
  expect(await child.ended).toBe('SIGKILL');
  return directory;
};

const asking = (server: ChildServer) => {
  const get = async (path: string) => (await http(`${server.url}${path}`)).body;
  return {
    get,
    coupon: async () => (await get(`/api/users/${userId}/coupons`))['items'],
    points: () => get(`/api/users/${userId}/points`),
    product: () => get(`/api/products/${productId}`),
    ledger: async () => JSON.stringify((await get(`/api/products/${productId}/stock-audit`))['items']),
  };
};

test(
  'killed when everything was taken and the order was not created yet: within seconds it is an order, long before its hold runs out',
  async () => {
    const server = await startChildServer(await killedInBetween('600'), { ORDER_HOLD_SECONDS: '600' });
    const { get, coupon, points, product, ledger } = asking(server);
    expect(await ledger()).toMatch(/"kind":"RESERVED","orderId":"order-1"/);
    expect(await get(`/admin/products/${productId}/verify`)).toMatchObject({ verdict: 'PASS', reasons: [] });

    await eventually(async () =>
      expect(await get(`/api/orders/${orderId}`)).toMatchObject({ status: 'CREATED', total: 1_500 }),
    );
    expect(await get(`/admin/orders/${orderId}/verify`)).toMatchObject({ verdict: 'PASS', reasons: [] });
    await http(`${server.url}/api/orders/${orderId}/cancel`, { reason: 'never heard of it' });
    await eventually(async () => expect(await product()).toMatchObject({ onHand: 3, held: 0, available: 3 }));
    await eventually(async () => expect(await coupon()).toMatchObject([{ couponId, status: 'AVAILABLE' }]));
    await eventually(async () => expect(await points()).toMatchObject({ balance: 500, available: 500 }));
    expect(await ledger()).toMatch(/"kind":"RELEASED","orderId":"order-1"/);
    expect(await get(`/admin/products/${productId}/verify`)).toMatchObject({ verdict: 'PASS', reasons: [] });
    await server.kill('SIGTERM');
  },
  MINUTE,
);

test(
  'killed when everything was taken, and asked again with the same order id: it is one order, with what was taken for it',
  async () => {
    const server = await startChildServer(await killedInBetween('600'));
    const { get, coupon, points, product } = asking(server);
    expect(await product()).toMatchObject({ onHand: 3, held: 2 });
    expect(await get(`/admin/products/${productId}/verify`)).toMatchObject({ verdict: 'PASS', reasons: [] });

    const again = await http(`${server.url}/api/orders`, order);
    expect(again).toMatchObject({ status: 201, body: { orderId, total: 1_500, discount: 200, points: 300 } });
    expect(await product()).toMatchObject({ onHand: 3, held: 2 });
    expect(await points()).toMatchObject({ balance: 500, available: 200 });
    expect(await coupon()).toMatchObject([{ couponId, status: 'USED' }]);
    expect(await get(`/admin/orders/${orderId}/verify`)).toMatchObject({ verdict: 'PASS', reasons: [] });
    expect(await get(`/admin/products/${productId}/verify`)).toMatchObject({ verdict: 'PASS', reasons: [] });
    await server.kill('SIGTERM');
  },
  MINUTE,
);
