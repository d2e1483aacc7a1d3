import { verifyCoupon } from '../../src/application/coupon/audit/verify-coupon.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { answerOf } from '../support/answer-of.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const WAIT = { prefer: 'wait=20' };

describe('A request id means something only together with whose it is', () => {
  let server: RunningServer;
  let coupons = 0;
  beforeAll(async () => {
    server = await startInProcess(newDir());
  });
  afterAll(() => server.stop());

  const get = (path: string) => http(`${server.url}${path}`, undefined, WAIT);
  const post = (path: string, body: object) => http(`${server.url}${path}`, body);
  const newCoupon = async (quantity: number): Promise<string> => {
    const couponId = `c${(coupons += 1)}`;
    const discount = { kind: 'PERCENT', value: 10 };
    expect(await post('/api/coupons', { couponId, name: 'A sale', quantity, discount })).toMatchObject({ status: 201 });
    return couponId;
  };
  const issue = (couponId: string, userId: string, requestId: string) =>
    post(`/api/coupons/${couponId}/issue`, { userId, requestId });
  const finalAt = async (accepted: Awaited<ReturnType<typeof issue>>) => {
    expect(accepted.status).toBe(202);
    return await get(accepted.headers.get('location') ?? 'nowhere');
  };
  const verified = (couponId: string) => {
    const [eventStore, messageLog] = [server.container.get(Tokens.EventStore), server.container.get(Tokens.MessageLog)];
    return answerOf(verifyCoupon({ eventStore, messageLog, clock: server.container.get(Tokens.Clock) })(couponId));
  };

  test('an operator’s rejected request takes nothing from a user who chose the same id', async () => {
    const couponId = await newCoupon(2);
    await finalAt(await issue(couponId, 'ana', 'first'));
    const refused = await post(`/api/coupons/${couponId}/quantity`, { quantity: 0, requestId: '7' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'QUANTITY_BELOW_ISSUED' } });
    expect((await finalAt(await issue(couponId, 'ben', '7'))).body).toMatchObject({
      userId: 'ben',
      status: 'SUCCESS',
      place: 2,
    });
    expect(await verified(couponId)).toMatchObject({ verdict: 'PASS', issued: 2 });
  });

  test('two users with the same id each see their own result, of one coupon and of two', async () => {
    const [one, two] = [await newCoupon(2), await newCoupon(1)];
    const asked = [
      ['ana', one],
      ['ben', one],
      ['cid', two],
    ] as const;
    const accepted = await Promise.all(asked.map(([userId, couponId]) => issue(couponId, userId, 'same1')));
    for (const [index, [userId, couponId]] of asked.entries())
      expect(await finalAt(accepted[index] ?? (await issue(couponId, userId, 'same1')))).toMatchObject({
        status: 200,
        body: { userId, couponId, status: 'SUCCESS' },
      });
    const late = await issue(two, 'dan', 'same1');
    expect(late).toMatchObject({ status: 409, body: { code: 'SOLD_OUT' } });
    expect(await get('/api/coupons/issue-status/same1?userId=dan')).toMatchObject({ status: 404 });
  });

  test('the bare id of several requests shows nobody’s, while they are decided and afterwards', async () => {
    const couponId = await newCoupon(50);
    const people = Array.from({ length: 50 }, (_, n) => `u${n}`);
    for (const userId of people) {
      const accepted = await issue(couponId, userId, 'shared');
      const bare = await http(`${server.url}/api/coupons/issue-status/shared`);
      expect([200, 409]).toContain(bare.status);
      if (bare.status === 200) expect(bare.body).toMatchObject({ userId });
      await finalAt(accepted);
    }
    const ambiguous = await get('/api/coupons/issue-status/shared');
    expect(ambiguous).toMatchObject({ status: 409, body: { code: 'REQUEST_ID_AMBIGUOUS' } });
    expect(ambiguous.text).not.toContain('u0"');
    expect(await get('/api/coupons/issue-status/shared?userId=u7')).toMatchObject({ body: { userId: 'u7', place: 8 } });
  });

  test('an operator’s id repeated is the same request; with other content it is refused', async () => {
    const couponId = await newCoupon(3);
    const operate = (verb: string, body: object) =>
      post(`/api/coupons/${couponId}/${verb}`, { actor: 'olga', ...body });
    const reused = { status: 409, body: { code: 'REQUEST_ID_REUSED' } };

    expect(await operate('pause', { requestId: 'x' })).toMatchObject({ status: 200, body: { status: 'PAUSED' } });
    expect(await operate('pause', { requestId: 'x' })).toMatchObject({ status: 200, body: { status: 'PAUSED' } });
    expect(await operate('resume', { requestId: 'x' })).toMatchObject(reused);
    expect(await operate('resume', { requestId: 'y' })).toMatchObject({ status: 200, body: { status: 'OPEN' } });

    expect(await operate('quantity', { requestId: 'q', quantity: 5 })).toMatchObject({ body: { quantity: 5 } });
    expect(await operate('quantity', { requestId: 'q', quantity: 9 })).toMatchObject(reused);
    expect(await operate('quantity', { requestId: 'q', quantity: 5 })).toMatchObject({ body: { quantity: 5 } });
    expect(await operate('quantity', { requestId: 'q', quantity: 9, actor: 'otto' })).toMatchObject({
      status: 200,
      body: { quantity: 9 },
    });
    expect(await verified(couponId)).toMatchObject({ verdict: 'PASS' });
  });
});
