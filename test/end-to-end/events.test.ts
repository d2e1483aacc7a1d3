import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const discount = { kind: 'PERCENT', value: 10 };
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

describe('events of the shop, end to end', () => {
  let directory: string;
  let server: RunningServer;
  beforeEach(async () => {
    directory = newDir();
    server = await startInProcess(directory);
  });
  afterEach(() => server.stop());

  const schedule = (eventId: string, opensAt: string) =>
    http(`${server.url}/api/events`, { eventId, name: eventId, opensAt });
  const coupon = (couponId: string, eventId: string) =>
    http(`${server.url}/api/coupons`, { couponId, name: couponId, quantity: 10, discount, eventId });
  const ask = (couponId: string, userId: string) => http(`${server.url}/api/coupons/${couponId}/issue`, { userId });
  const statusOf = async (path: string) => (await http(`${server.url}${path}`)).body['status'];
  const finalOf = async ({ headers }: { headers: Headers }) =>
    (await http(`${server.url}${headers.get('location') ?? ''}`, undefined, { prefer: 'wait=10' })).body['status'];

  it('open by themselves, on time, and what is tied to them sells from then on until they close', async () => {
    const opensAt = inMs(700);
    expect((await schedule('gala', opensAt)).status).toBe(201);
    expect((await coupon('c1', 'gala')).body).toMatchObject({ status: 'SCHEDULED', eventId: 'gala' });
    const early = await ask('c1', 'ana');
    expect([early.status, early.body['code']]).toStrictEqual([409, 'NOT_OPEN']);
    await eventually(async () => expect((await ask('c1', 'ana')).body['opensAt']).toBe(opensAt));

    await eventually(async () => expect(await statusOf('/api/coupons/c1')).toBe('OPEN'), 10_000);
    const { body } = await http(`${server.url}/api/events/gala`);
    expect(body['status']).toBe('OPEN');
    expect(Date.parse(String(body['openedAt']))).toBeGreaterThanOrEqual(Date.parse(opensAt));
    const asked = await eventually(async () => {
      const answer = await ask('c1', 'ana');
      expect(answer.status).toBe(202);
      return answer;
    });
    expect(await finalOf(asked)).toBe('SUCCESS');

    expect((await http(`${server.url}/api/events/gala/close`, {})).body['status']).toBe('CLOSED');
    await eventually(async () => expect((await ask('c1', 'ben')).body['code']).toBe('CLOSED'));
    expect(await statusOf('/api/coupons/c1')).toBe('CLOSED');
    const verdict = await http(`${server.url}/admin/coupons/c1/verify`);
    expect(verdict.body['verdict']).toBe('PASS');
  }, 20_000);

  it('do not open when they are called off, and open at another time when they are moved', async () => {
    await schedule('off', inMs(400));
    await schedule('moved', inMs(400));
    await coupon('c-off', 'off');
    expect((await http(`${server.url}/api/events/off/cancel`, {})).body['status']).toBe('CANCELLED');
    const later = inMs(1_200);
    const moved = await fetch(`${server.url}/api/events/moved`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ opensAt: later }),
    });
    expect(moved.status).toBe(200);
    await eventually(async () => expect(await statusOf('/api/events/moved')).toBe('OPEN'), 10_000);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(later));
    expect(await statusOf('/api/events/off')).toBe('CANCELLED');
    expect((await ask('c-off', 'ana')).body['code']).toBe('CLOSED');
  }, 20_000);

  it('open as soon as there is somebody to open them, after a downtime over their time', async () => {
    const opensAt = inMs(600);
    await schedule('gala', opensAt);
    await coupon('c1', 'gala');
    await server.stop();
    await eventually(() => Date.now() > Date.parse(opensAt));
    server = await startInProcess(directory);
    await eventually(async () => expect(await statusOf('/api/coupons/c1')).toBe('OPEN'), 10_000);
    expect(await finalOf(await ask('c1', 'ana'))).toBe('SUCCESS');
  }, 20_000);

  it('open a coupon that is created while they are open', async () => {
    await schedule('gala', inMs(-1_000));
    await eventually(async () => expect(await statusOf('/api/events/gala')).toBe('OPEN'), 10_000);
    await coupon('late', 'gala');
    await eventually(async () => expect(await statusOf('/api/coupons/late')).toBe('OPEN'), 10_000);
  }, 20_000);

  it('measure how late they open', async () => {
    await schedule('gala', inMs(200));
    await eventually(async () => expect(await statusOf('/api/events/gala')).toBe('OPEN'), 10_000);
    const { text } = await http(`${server.url}/metrics`);
    expect(text).toMatch(/^event_opening_lateness_seconds_count 1$/m);
  }, 20_000);
});
