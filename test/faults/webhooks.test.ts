import { z } from 'zod';
import { eventually } from '../support/eventually.js';
import { type ChildServer, startChildServer } from '../support/server/child-server.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';
import { isSigned, webhookReceiver } from '../support/webhook-receiver.js';

const KILLS = 2;
const newDir = tempDirs();
const receivers: Array<Awaited<ReturnType<typeof webhookReceiver>>> = [];
afterAll(() => Promise.all(receivers.map(({ close }) => close())));

test('a receiver that is away while the server is killed again and again misses nothing, and nobody else waits for it', async () => {
  const directory = newDir();
  const [down, up] = [await webhookReceiver(), await webhookReceiver()];
  receivers.push(down, up);
  await up.open();
  const start = () =>
    startChildServer(directory, { KEYS_SECRET: 'a secret that is long enough for every key', WEBHOOK_RETRY_MS: '10' });
  let server: ChildServer = await start();
  const subscribe = async (url: string): Promise<string> => {
    const { body } = await http(`${server.url}/admin/webhooks`, { url, eventTypes: ['COUPON_CREATED'] });
    return `/admin/webhooks/${z.string().parse(body['endpointId'])}`;
  };
  const [at] = [await subscribe(down.url), await subscribe(up.url)];

  const created: string[] = [];
  for (let life = 0; life <= KILLS; life += 1) {
    for (let index = 0; index < 6; index += 1) {
      const couponId = `coupon-${life}-${index}`;
      const coupon = { couponId, name: 'C', quantity: 1, discount: { kind: 'AMOUNT', value: 1 } };
      expect(await http(`${server.url}/api/coupons`, coupon)).toMatchObject({ status: 201 });
      created.push(couponId);
    }
    await eventually(() => expect([...new Set(up.taken.map(({ body }) => body['couponId']))].sort()).toEqual(created));
    await eventually(async () =>
      expect((await http(`${server.url}${at}`)).body).toMatchObject({
        status: 'ACTIVE',
        lastFailure: { eventType: 'COUPON_CREATED' },
      }),
    );
    if (life === KILLS) break;
    await server.kill('SIGKILL');
    server = await start();
  }

  await down.open();
  await eventually(() => expect([...new Set(down.taken.map(({ body }) => body['couponId']))].sort()).toEqual(created));
  const secret = z.string().parse((await http(`${server.url}${at}/secret`)).body['secret']);
  expect(down.taken.filter((message) => !isSigned(message, secret))).toEqual([]);
  await eventually(async () =>
    expect((await http(`${server.url}${at}`)).body).toMatchObject({
      lastFailure: null,
      lastDeadLetter: null,
      lagMs: 0,
    }),
  );
  expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 });
});
