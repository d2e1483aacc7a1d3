import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Client, type CouponRequest, createClient } from '../../packages/client/src/index.js';
import { isGenuine, parseReceipt } from '../../src/application/kernel/history/receipt.js';
import { rehearse } from '../../src/rehearsal/rush/rehearse-rush.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { valueOf } from '../support/waiting-room-client.js';

/** Doorbuster as one process or as many, on whichever engines. */
export interface SaleServer {
  /** Where people ask; may differ from call to call where several processes answer. */
  readonly url: () => string;
  /** Where all of its processes expose their metrics. */
  readonly metricsAt: () => ReadonlyArray<string>;
  /** Ends every process and starts them anew, on what the engines kept. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const publishedKeys = z.object({ keys: z.array(z.object({ kid: z.string(), x: z.string() })) });

const FINAL_WITHIN_MS = 20_000;

/** A sale as people and operators see it: one suite, whatever it runs on, and `more` that is proved on the same server. */
export const couponSaleSuite = (
  name: string,
  open: () => Promise<SaleServer>,
  more: () => void = () => undefined,
): void => {
  describe(`A sale on ${name}`, () => {
    let server: SaleServer;
    let nth = 0;
    const sale = randomUUID().slice(0, 8);

    afterAll(() => server.stop());
    beforeAll(async () => {
      server = await open();
    });

    const get = (path: string, headers: Record<string, string> = {}) =>
      http(`${server.url()}${path}`, undefined, headers);
    const post = (path: string, body: object) => http(`${server.url()}${path}`, body);
    /** What a shop's page calls. */
    const shop = (): Client => createClient({ url: server.url(), fetch: checkedFetch });
    const outcomeOf = (request: CouponRequest) => valueOf(shop().coupons.result(request));
    const stateOf = (couponId: string) => valueOf(shop().coupons.get(couponId));
    const refused = (code: string, more: object = {}) => ({ ok: false, problem: { status: 409, code, ...more } });
    const newCoupon = async (quantity: number, more: object = {}): Promise<string> => {
      const couponId = `${sale}-${(nth += 1)}`;
      const discount = { kind: 'AMOUNT', value: 5_000 };
      const created = await post('/api/coupons', { couponId, name: 'Half price', quantity, discount, ...more });
      expect(created.status).toBe(201);
      return couponId;
    };
    const ask = (couponId: string, userId: string, requestId?: string) =>
      shop().requestCoupon({ couponId, userId, requestId });
    const accepted = (couponId: string, userId: string, requestId?: string) =>
      valueOf(ask(couponId, userId, requestId));

    test('a coupon is asked for, accepted, decided, and then it is theirs', async () => {
      // No answer waits long for the key that signs: a busy machine gives none for the first ones.
      await eventually(async () => expect(await accepted(await newCoupon(1), 'early')).toHaveProperty('receipt'));
      const [couponId, ana] = [await newCoupon(2), `ana-${sale}`];
      const asked = await post(`/api/coupons/${couponId}/issue`, { userId: ana });
      expect(asked.status).toBe(202);
      expect(asked.body).toMatchObject({ couponId, userId: ana, status: 'PENDING', receipt: expect.any(String) });
      const requestId = String(asked.body['requestId']);
      expect(asked.headers.get('location')).toBe(`/api/coupons/issue-status/${requestId}`);
      const receipt = parseReceipt(String(asked.body['receipt']));
      const { keys } = publishedKeys.parse((await get('/.well-known/doorbuster-seals')).body);
      const key = keys.find(({ kid }) => kid === receipt?.keyId);
      expect(receipt && key && isGenuine(receipt, { publicKey: key.x })).toBe(true);
      expect(JSON.parse(receipt?.statement ?? '')).toMatchObject({
        couponId,
        userId: ana,
        topic: 'coupon-issue-requests',
      });

      const outcome = await outcomeOf({ requestId, couponId, userId: ana });
      expect(outcome).toMatchObject({ couponId, userId: ana, status: 'SUCCESS', place: 1 });
      expect((await get(`/api/coupons/${couponId}/issue-status?userId=${ana}`)).body).toMatchObject({
        status: 'ISSUED',
      });
      await eventually(async () => {
        expect(await valueOf(shop().coupons.ofUser(ana))).toMatchObject({ items: [{ couponId, status: 'AVAILABLE' }] });
        expect(await stateOf(couponId)).toMatchObject({ issued: 1, remaining: 1, status: 'OPEN' });
      });
    });

    test('whoever comes after the last one is told at once, and whoever comes twice is told of the first time', async () => {
      const couponId = await newCoupon(1);
      const { requestId } = await accepted(couponId, 'ana');
      expect(await ask(couponId, 'ben')).toMatchObject(refused('SOLD_OUT'));
      expect(await ask(couponId, 'ana')).toMatchObject(refused('ALREADY_REQUESTED', { requestId }));
    });

    test('a request that is repeated with its id is answered as the first', async () => {
      const couponId = await newCoupon(5);
      const request = { couponId, userId: 'ana', requestId: `again-${couponId}` };
      const answers = await Promise.all(Array.from({ length: 5 }, () => shop().requestCoupon(request)));
      for (const answer of answers) expect(answer).toMatchObject({ ok: true, status: 202 });
      expect(await outcomeOf(request)).toMatchObject({ status: 'SUCCESS', place: 1 });
      await eventually(async () => expect(await stateOf(couponId)).toMatchObject({ issued: 1 }));
    });

    test('a request id somebody else has used changes nothing of their answer', async () => {
      const [couponId, other, requestId] = [await newCoupon(1), await newCoupon(1), `mine-${sale}`];
      const ofAna = await accepted(couponId, 'ana', requestId);
      const told = await outcomeOf(ofAna);
      expect(told).toMatchObject({ couponId, userId: 'ana', status: 'SUCCESS' });
      expect(await ask(couponId, 'mallory', requestId)).toMatchObject(refused('SOLD_OUT'));
      expect(await ask(other, 'mallory', requestId)).toMatchObject({ ok: true, status: 202 });
      const mallory = await get(`/api/coupons/${other}/issue-status?userId=mallory`, { prefer: 'wait=10' });
      expect(mallory.body).toMatchObject({ status: 'ISSUED' });
      expect(await outcomeOf(ofAna)).toEqual(told);
      // The id alone does not say any more whose request is meant.
      expect(await get(`/api/coupons/issue-status/${requestId}`)).toMatchObject({
        status: 409,
        body: { code: 'REQUEST_ID_AMBIGUOUS' },
      });
    });

    test('a cursor that nobody gave out is a fault of the request', async () => {
      for (const path of ['/api/users/ana/coupons?cursor=garbage', '/admin/dead-letters?cursor=garbage'])
        expect(await get(path)).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    });

    test('one that was accepted is never unknown, not even in the millisecond after', async () => {
      const couponId = await newCoupon(200);
      const seen = await Promise.all(
        Array.from({ length: 200 }, async (_, n) => {
          const { requestId } = await accepted(couponId, `user-${n}`);
          let now = await get(`/api/coupons/issue-status/${requestId}`);
          // Told to come again is not told that there is no such request.
          while (now.status === 503) now = await get(`/api/coupons/issue-status/${requestId}`);
          return now.status;
        }),
      );
      expect(new Set(seen)).toEqual(new Set([200]));
    });

    test('before it opens and after it closes nobody gets one', async () => {
      const opensAt = new Date(Date.now() + 3_600_000).toISOString();
      const closesAt = new Date(Date.now() - 3_600_000).toISOString();
      const [early, late] = [await newCoupon(1, { opensAt }), await newCoupon(1, { closesAt })];
      expect(await ask(early, 'ana')).toMatchObject(refused('NOT_OPEN', { opensAt }));
      expect(await ask(late, 'ana')).toMatchObject(refused('CLOSED'));
    });

    test('a thousand people at once for a hundred coupons: fair, and everybody gets an answer', async () => {
      const plan = { users: 1_000, quantity: 100, duplicates: 0.2, sockets: 64, finalWithinMs: FINAL_WITHIN_MS };
      const { faults, verify, passed, issued } = await rehearse({ ...plan, url: server.url() });
      expect({ faults, verify, passed, issued }).toEqual({
        faults: [],
        verify: { verdict: 'PASS', reasons: [] },
        passed: true,
        issued: 100,
      });
    });

    test('pausing, resuming and changing the quantity take their turn in the middle of a burst', async () => {
      const couponId = await newCoupon(1_000);
      const said = { actor: 'olga', reason: 'the shop is slow' };
      let burst = true;
      const codes = new Set<unknown>();
      const people = Array.from({ length: 8 }, async (_, lane) => {
        for (let n = 0; burst; n += 1) {
          const answer = await ask(couponId, `lane-${lane}-${n}`);
          codes.add(answer.ok ? answer.status : answer.problem.code);
        }
      });
      await eventually(async () => expect((await stateOf(couponId)).issued).toBeGreaterThan(20));

      const paused = await post(`/api/coupons/${couponId}/pause`, said);
      expect(paused).toMatchObject({ status: 200, body: { status: 'PAUSED' } });
      const { issued } = paused.body;
      await eventually(() => codes.has('PAUSED'));
      expect((await stateOf(couponId)).issued).toBe(issued);

      expect(await post(`/api/coupons/${couponId}/resume`, said)).toMatchObject({
        status: 200,
        body: { status: 'OPEN' },
      });
      await eventually(async () => expect((await stateOf(couponId)).issued).toBeGreaterThan(Number(issued)));
      const below = await post(`/api/coupons/${couponId}/quantity`, { ...said, quantity: 1 });
      expect(below).toMatchObject({ status: 409, body: { code: 'QUANTITY_BELOW_ISSUED' } });
      const { issued: now } = await stateOf(couponId);
      const more = await post(`/api/coupons/${couponId}/quantity`, { ...said, quantity: now + 300 });
      expect(more).toMatchObject({ status: 200, body: { quantity: now + 300 } });
      await eventually(() => codes.has('SOLD_OUT'));
      burst = false;
      await Promise.all(people);
      await eventually(async () =>
        expect(await stateOf(couponId)).toMatchObject({ issued: now + 300, status: 'SOLD_OUT' }),
      );
      expect((await get(`/admin/coupons/${couponId}/verify`)).body).toMatchObject({ verdict: 'PASS' });
    });

    test('a projection rebuilt during a burst ends equal to the live one, and readers never notice', async () => {
      const couponId = await newCoupon(10_000);
      let burst = true;
      const lost: unknown[] = [];
      const people = Array.from({ length: 8 }, async (_, lane) => {
        for (let n = 0; burst; n += 1) {
          const final = await outcomeOf(await accepted(couponId, `lane-${lane}-${n}`));
          if (final.status !== 'SUCCESS') lost.push(final);
        }
      });
      for (const name of ['coupons', 'outcomes', 'user-coupons']) {
        const rebuilt = await post(`/admin/projections/${name}/rebuild`, { verify: true });
        expect(rebuilt).toMatchObject({ status: 200, body: { comparison: { differing: 0 } } });
      }
      burst = false;
      await Promise.all(people);
      expect(lost).toEqual([]);
      for (const name of ['coupons', 'outcomes', 'user-coupons'])
        expect((await get(`/admin/projections/${name}/verify`)).body).toMatchObject({ verdict: 'PASS', differing: 0 });
    });

    test('operators see the state of the engines and every metric by its name', async () => {
      expect(await get('/health/live')).toMatchObject({ status: 200 });
      expect(await get('/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
      const exposed = await Promise.all(server.metricsAt().map((url) => http(`${url}/metrics`)));
      const text = exposed.map((answer) => answer.text).join('\n');
      for (const name of [
        'kafka_consumer_lag',
        'kafka_producer_record_send_total{',
        'coupon_issue_count{',
        'order_completed_count ',
        'sse_connection_count',
        'coupon_accept_seconds_count',
        'coupon_decide_seconds_count',
        'coupon_visible_seconds_count',
        'projection_lag_seconds',
        'process_cpu_seconds_total',
      ])
        expect(text).toContain(`\n${name}`);
      expect(text).not.toMatch(/^metrics_rejected_total\{/m);
    });

    test('what was answered before a restart is answered the same after it', async () => {
      const couponId = await newCoupon(1);
      const request = await accepted(couponId, 'ana');
      const told = await outcomeOf(request);
      expect(told).toMatchObject({ status: 'SUCCESS' });
      await server.restart();
      expect(await outcomeOf(request)).toEqual(told);
      expect(await ask(couponId, 'ben')).toMatchObject(refused('SOLD_OUT'));
    });

    more();
  });
};
