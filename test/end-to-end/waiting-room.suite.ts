import { createLocalJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { anyDoor, type Shop } from '../support/shop.js';
import { waitingRoomClient } from '../support/waiting-room-client.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';

const jwks = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** A waiting room as people meet it: one suite, whatever it runs on. Its claim window is to be a short one. */
export const waitingRoomSuite = (name: string, open: () => Promise<Shop>): void =>
  describe(`a waiting room over HTTP, on ${name}`, () => {
    let shop: Shop;
    const door = anyDoor(() => shop);
    beforeAll(async () => {
      shop = await open();
    });
    afterAll(() => shop.stop());

    const publishedKeys = async () => {
      const published: unknown = await (await checkedFetch(`${door()}/.well-known/jwks.json`)).json();
      return createLocalJWKSet(jwks.parse(published));
    };
    let rooms = 0;
    const newRoom = async (terms: object = {}) => {
      const scheduleId = `room-${++rooms}`;
      const room = waitingRoomClient(door, scheduleId);
      await room.configure({ activeLimit: 1, activeTtlSeconds: 600, ...terms });
      return { ...room, scheduleId };
    };

    it('lets people in while places are free, and tells the others where they stand', async () => {
      const room = await newRoom();
      const ana = await room.join('ana');
      const ben = await room.join('ben');
      const cem = await room.join('cem');
      expect([ana.status, ana.position]).toStrictEqual(['ACTIVE', 0]);
      expect([ben, cem].map(({ status, position }) => [status, position])).toStrictEqual([
        ['PENDING', 1],
        ['PENDING', 2],
      ]);
      expect(await room.ask(cem.tokenId)).toMatchObject({
        status: 'PENDING',
        position: 2,
        aheadOfYou: 1,
        etaSeconds: null,
      });
      expect(await room.verify()).toMatchObject({ verdict: 'PASS' });
    });

    it('knows one place of a user, however often they join', async () => {
      const room = await newRoom();
      await room.join('ana');
      const ben = await room.join('ben');
      const again = await Promise.all([room.join('ben'), room.join('ben')]);
      expect(again.map(({ tokenId }) => tokenId)).toStrictEqual([ben.tokenId, ben.tokenId]);
      const cem = await Promise.all([room.join('cem'), room.join('cem'), room.join('cem')]);
      expect(new Set(cem.map(({ tokenId }) => tokenId)).size).toBe(1);
    });

    it('gives a place that is given up to the next in line, who hears of it at once', async () => {
      const room = await newRoom();
      const ana = await room.join('ana');
      const ben = await room.join('ben');
      const held = room.ask(ben.tokenId, 20);
      expect(await room.leave(ana.tokenId)).toBe(204);
      expect(await held).toMatchObject({ status: 'ACTIVE' });
      expect(await room.ask(ana.tokenId)).toMatchObject({ status: 'EXPIRED' });
      expect(await room.leave(ana.tokenId)).toBe(204);
    });

    it('gives an unclaimed place on after the claim window; whoever comes back stands at the tail', async () => {
      const room = await newRoom();
      const ana = await room.join('ana');
      await room.ask(ana.tokenId);
      const ben = await room.join('ben');
      const cem = await room.join('cem');
      await room.leave(ana.tokenId);
      await eventually(async () => (await room.ask(cem.tokenId)).status === 'ACTIVE');
      expect(await room.ask(ben.tokenId)).toMatchObject({ status: 'EXPIRED' });
      const back = await room.join('ben');
      expect(back.tokenId).not.toBe(ben.tokenId);
      expect(back).toMatchObject({ status: 'PENDING', position: 1 });
      expect(await room.verify()).toMatchObject({ verdict: 'PASS' });
    });

    it('hands whoever is in a pass that anyone can verify with the published keys', async () => {
      const room = await newRoom();
      const ana = await room.join('ana');
      const { pass = '', expiresAt = '' } = await room.ask(ana.tokenId);
      const { payload } = await jwtVerify(pass, await publishedKeys());
      expect(payload).toMatchObject({
        sub: 'ana',
        schedule: room.scheduleId,
        exp: Math.ceil(Date.parse(expiresAt) / 1_000),
      });
    });

    it('lets more in when the limit is raised, and evicts nobody when it is lowered', async () => {
      const room = await newRoom({ activeLimit: 3 });
      const tokens = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((user) => room.join(user)));
      const state = () => Promise.all(tokens.map(async ({ tokenId }) => (await room.ask(tokenId)).status));
      const active = async () => (await state()).filter((status) => status === 'ACTIVE').length;
      expect(await active()).toBe(3);
      await room.configure({ activeLimit: 1, activeTtlSeconds: 600 });
      expect(await active()).toBe(3);
      expect(await room.configure({ activeLimit: 4, activeTtlSeconds: 600 })).toMatchObject({ activeLimit: 4 });
      await eventually(async () => expect(await active()).toBe(4));
      expect(await room.verify()).toMatchObject({ verdict: 'PASS' });
    });

    it('keeps to the admissions per second, and goes on by itself', async () => {
      const room = await newRoom({ activeLimit: 100, admitPerSecond: 5 });
      const tokens = await Promise.all(Array.from({ length: 12 }, (_, n) => room.join(`user-${n}`)));
      const answers = await Promise.all(tokens.map(({ tokenId }) => room.ask(tokenId, 10)));
      expect(answers.every(({ status }) => status === 'ACTIVE')).toBe(true);
      expect(await room.verify()).toMatchObject({ verdict: 'PASS' });
    });

    it('says what there is not, in the language of whoever asks', async () => {
      const nowhere = await http(`${door()}/api/v1/waiting-token`, { scheduleId: 'nowhere', userId: 'ana' });
      expect([nowhere.status, nowhere.body['code']]).toStrictEqual([404, 'SCHEDULE_NOT_FOUND']);
      const unknown = await http(`${door()}/api/v1/waiting-token/nobody`, undefined, { 'accept-language': 'ko' });
      expect([unknown.status, unknown.body['title']]).toStrictEqual([404, '토큰 없음']);
      const bad = await http(`${door()}/api/v1/waiting-token`, { scheduleId: {}, userId: 'ana' });
      expect(bad.status).toBe(400);
    });

    it('stands in front of the coupons of its event: only who is in may ask, by name or by pass', async () => {
      const room = await newRoom();
      const { scheduleId } = room;
      const opensAt = new Date(Date.now() - 1_000).toISOString();
      await http(`${door()}/api/events`, { eventId: 'gated-gala', name: 'Gala', opensAt, scheduleId });
      const discount = { kind: 'AMOUNT', value: 1 };
      await http(`${door()}/api/coupons`, {
        couponId: 'gated',
        name: 'Gated',
        quantity: 9,
        discount,
        eventId: 'gated-gala',
      });
      const issue = (userId: string, headers = {}) => http(`${door()}/api/coupons/gated/issue`, { userId }, headers);

      const refused = await issue('ben');
      expect([refused.status, refused.body]).toMatchObject([403, { code: 'WAITING_REQUIRED', scheduleId }]);
      const ana = await room.join('ana');
      const { pass = '' } = await room.ask(ana.tokenId);
      expect((await issue('ben', { 'waiting-pass': pass })).status).toBe(403);
      await eventually(async () => {
        const asked = await issue('ana', { 'waiting-pass': pass });
        expect([202, 'ALREADY_REQUESTED']).toContain(asked.status === 202 ? 202 : asked.body['code']);
      });
      expect((await issue('ana')).status).toBe(409);
    });

    it('stands in front of the products of its event; a confirmed order gives the place to the next in line', async () => {
      const room = await newRoom();
      const { scheduleId } = room;
      const opensAt = new Date(Date.now() - 1_000).toISOString();
      await http(`${door()}/api/events`, { eventId: 'ball', name: 'Ball', opensAt, scheduleId });
      const [gated, free] = ['ball-ticket', 'postcard'];
      const product = { name: 'Ticket', price: 500, stock: 9 };
      await http(`${door()}/api/products`, { ...product, productId: gated, eventId: 'ball' });
      await http(`${door()}/api/products`, { ...product, productId: free });
      const shipping = { recipient: 'Ana', address: 'Harbour 1' };
      const order = (userId: string, products: ReadonlyArray<string>, headers = {}, more = {}) => {
        const lines = products.map((productId) => ({ productId, quantity: 1 }));
        return http(`${door()}/api/orders`, { userId, lines, shipping, ...more }, headers);
      };

      const refused = await order('ben', [free, gated]);
      expect([refused.status, refused.body]).toMatchObject([403, { code: 'WAITING_REQUIRED', scheduleId }]);
      await eventually(async () => expect((await order('ben', [free])).status).toBe(201));
      const ana = await room.join('ana');
      const ben = await room.join('ben');
      const { pass = '' } = await room.ask(ana.tokenId);
      expect((await order('ben', [gated], { 'waiting-pass': pass })).status).toBe(403);
      const orderId = 'ball-order';
      const behind = { authorization: `Bearer ${pass}` };
      await eventually(async () => expect((await order('ana', [gated], behind, { orderId })).status).toBe(201));

      expect(await room.ask(ana.tokenId)).toMatchObject({ status: 'ACTIVE' });
      const payment = { orderId, userId: 'ana', amount: 500, gatewayPaymentId: 'ok-ball' };
      expect((await http(`${door()}/api/payments`, payment)).status).toBe(200);
      await eventually(async () => expect(await room.ask(ana.tokenId)).toMatchObject({ status: 'COMPLETED' }));
      expect(await room.ask(ben.tokenId, 10)).toMatchObject({ status: 'ACTIVE' });
      await eventually(async () => expect((await order('ben', [gated])).status).toBe(201));
      expect((await order('ana', [gated])).status).toBe(403);
      // The pass is good for as long as it says, the place it was for is not.
      expect((await order('ana', [gated], behind)).status).toBe(403);
      expect(await order('ana', [gated], {}, { orderId })).toMatchObject({
        status: 201,
        body: { status: 'CONFIRMED' },
      });
      expect(await room.verify()).toMatchObject({ verdict: 'PASS' });
    });

    it('is the same after a restart', async () => {
      const room = await newRoom();
      const ana = await room.join('ana');
      const { pass = '' } = await room.ask(ana.tokenId);
      const ben = await room.join('ben');
      await shop.restart();
      expect(await room.ask(ben.tokenId)).toMatchObject({ status: 'PENDING', position: 1 });
      expect((await room.join('ben')).tokenId).toBe(ben.tokenId);
      const keys = await publishedKeys();
      expect((await jwtVerify(pass, keys)).payload.sub).toBe('ana');
      await room.leave(ana.tokenId);
      expect(await room.ask(ben.tokenId, 10)).toMatchObject({ status: 'ACTIVE' });
      expect(await room.verify()).toMatchObject({ verdict: 'PASS' });
    });
  });
