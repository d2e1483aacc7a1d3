import { EventSource } from 'eventsource';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tunnelTo } from '../support/tunnel.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const discount = { kind: 'PERCENT', value: 10 };

describe('notices, end to end, to a real client', () => {
  let server: RunningServer;
  const open: EventSource[] = [];
  beforeAll(async () => {
    server = await startInProcess(newDir());
  });
  afterEach(() => open.splice(0).forEach((source) => source.close()));
  afterAll(() => server.stop());

  const listen = (url: string) => {
    const heard: Array<{ readonly kind: string; readonly id: string; readonly data: string }> = [];
    const source = new EventSource(url);
    open.push(source);
    for (const kind of ['connected', 'coupon-issued', 'coupon-rejected', 'event-open', 'resync'])
      source.addEventListener(kind, ({ lastEventId: id, data }) => void heard.push({ kind, id, data: String(data) }));
    return { source, heard, told: () => heard.filter(({ kind }) => kind !== 'connected') };
  };
  const coupon = (couponId: string) =>
    http(`${server.url}/api/coupons`, { couponId, name: couponId, quantity: 1, discount });
  const ask = (couponId: string, userId: string) => http(`${server.url}/api/coupons/${couponId}/issue`, { userId });

  it('tell of a coupon won, a coupon missed and an event that has opened', async () => {
    const ana = listen(`${server.url}/api/sse/subscribe/ana`);
    const ben = listen(`${server.url}/api/sse/subscribe/ben`);
    await eventually(() => ana.heard.length === 1 && ben.heard.length === 1);
    await coupon('only-one');
    await Promise.all([ask('only-one', 'ana')]);
    await eventually(() => expect(ana.told().map(({ kind }) => kind)).toStrictEqual(['coupon-issued']));
    expect(JSON.parse(ana.told()[0]?.data ?? '')).toMatchObject({ couponId: 'only-one', userId: 'ana', place: 1 });

    await http(`${server.url}/api/events`, { eventId: 'gala', name: 'Gala', opensAt: new Date().toISOString() });
    await eventually(() => expect(ben.told().map(({ kind }) => kind)).toStrictEqual(['event-open']), 10_000);
    await eventually(() => expect(ana.told().map(({ kind }) => kind)).toStrictEqual(['coupon-issued', 'event-open']));
    expect(JSON.parse(ben.told()[0]?.data ?? '')).toMatchObject({ eventId: 'gala', name: 'Gala' });
  }, 20_000);

  it('tell a client whose connection is lost, again and again, each thing once and in order', async () => {
    const road = await tunnelTo(Number(new URL(server.url).port));
    const cid = listen(`http://127.0.0.1:${road.port}/api/sse/subscribe/cid`);
    await eventually(() => cid.heard.length === 1);
    const coupons = Array.from({ length: 24 }, (_, n) => `lossy-${n}`);
    for (const [n, couponId] of coupons.entries()) {
      await coupon(couponId);
      if (n % 6 === 3) road.cut();
      await ask(couponId, 'cid');
    }
    await eventually(() => expect(cid.told()).toHaveLength(coupons.length), 20_000);
    expect(cid.told().map(({ data }) => JSON.parse(data).couponId)).toStrictEqual(coupons);
    const ids = cid.told().map(({ id }) => Number(id));
    expect(ids).toStrictEqual([...ids].sort((one, other) => one - other));
    expect(cid.heard.filter(({ kind }) => kind === 'connected').length).toBeGreaterThan(1);
    expect(cid.told().map(({ kind }) => kind)).not.toContain('resync');
    road.close();
  }, 40_000);

  it('are counted while they are open', async () => {
    const dan = listen(`${server.url}/api/sse/subscribe/dan`);
    await eventually(() => dan.heard.length === 1);
    const count = async () => /^sse_connection_count (\d+)$/m.exec((await http(`${server.url}/metrics`)).text)?.[1];
    await eventually(async () => expect(await count()).toBe('1'));
    dan.source.close();
    await eventually(async () => expect(await count()).toBe('0'));
  }, 20_000);
});
