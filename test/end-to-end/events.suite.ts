import { either as E } from 'fp-ts';
import { EventSource } from 'eventsource';
import { EVENT_OPEN } from '../../src/application/kernel/messaging/topics.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { anyDoor, type Shop } from '../support/shop.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';

const discount = { kind: 'PERCENT', value: 10 };
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** Events of the shop as people meet them: one suite, whatever it runs on, and `more` on the same shop. */
export const eventsSuite = (name: string, open: () => Promise<Shop>, more: () => void = () => undefined): void =>
  describe(`events of the shop, end to end, on ${name}`, () => {
    let shop: Shop;
    const door = anyDoor(() => shop);
    const listening: EventSource[] = [];
    beforeAll(async () => {
      shop = await open();
    });
    afterEach(() => listening.splice(0).forEach((source) => source.close()));
    afterAll(() => shop.stop());

    const schedule = (eventId: string, opensAt: string) =>
      http(`${door()}/api/events`, { eventId, name: eventId, opensAt });
    const move = async (eventId: string, opensAt: string): Promise<number> => {
      const [headers, body] = [{ 'content-type': 'application/json' }, JSON.stringify({ opensAt })];
      return (await checkedFetch(`${door()}/api/events/${eventId}`, { method: 'PATCH', headers, body })).status;
    };
    const coupon = (couponId: string, eventId: string) =>
      http(`${door()}/api/coupons`, { couponId, name: couponId, quantity: 10, discount, eventId });
    const ask = (couponId: string, userId: string) => http(`${door()}/api/coupons/${couponId}/issue`, { userId });
    const seen = async (eventId: string) => (await http(`${door()}/api/events/${eventId}`)).body;
    const statusOf = async (path: string) => (await http(`${door()}${path}`)).body['status'];
    const becomes = (path: string, status: string) => eventually(async () => expect(await statusOf(path)).toBe(status));
    const finalOf = async ({ headers }: { headers: Headers }) =>
      (await http(`${door()}${headers.get('location') ?? ''}`, undefined, { prefer: 'wait=20' })).body['status'];
    const accepted = (couponId: string, userId: string) =>
      eventually(async () => {
        const answer = await ask(couponId, userId);
        expect(answer.status).toBe(202);
        return answer;
      });
    const lateness = async (): Promise<number> => {
      const exposed = await Promise.all(shop.metricsAt().map((url) => http(`${url}/metrics`)));
      const counts = exposed.map(({ text }) => /^event_opening_lateness_seconds_count (\d+)$/m.exec(text)?.[1] ?? '0');
      return counts.reduce((sum, count) => sum + Number(count), 0);
    };
    /** What somebody at each door hears of openings. */
    const listen = async () => {
      const heard = shop.doors().map((url, nth) => {
        const source = new EventSource(`${url}/api/sse/subscribe/listener-${nth}`);
        listening.push(source);
        const opened: unknown[] = [];
        let isConnected = false;
        source.addEventListener('connected', () => (isConnected = true));
        source.addEventListener('event-open', ({ data }) => opened.push(JSON.parse(String(data)).eventId));
        return { opened, isConnected: () => isConnected };
      });
      await eventually(() => heard.every(({ isConnected }) => isConnected()));
      return heard.map(({ opened }) => opened);
    };

    it('open by themselves, on time, and what is tied to them sells from then on until they close', async () => {
      const farOff = inMs(3_600_000);
      expect((await schedule('gala', farOff)).status).toBe(201);
      expect((await coupon('c1', 'gala')).body).toMatchObject({ status: 'SCHEDULED', eventId: 'gala' });
      const early = await ask('c1', 'ana');
      expect([early.status, early.body['code']]).toStrictEqual([409, 'NOT_OPEN']);
      await eventually(async () => expect((await ask('c1', 'ana')).body['opensAt']).toBe(farOff));

      const opened = http(`${door()}/api/events/gala`, undefined, { prefer: 'wait=30' });
      const opensAt = inMs(500);
      expect(await move('gala', opensAt)).toBe(200);
      const { status, openedAt } = (await opened).body;
      expect(status).toBe('OPEN');
      await becomes('/api/coupons/c1', 'OPEN');
      expect(Date.parse(String(openedAt))).toBeGreaterThanOrEqual(Date.parse(opensAt));
      expect(await finalOf(await accepted('c1', 'ana'))).toBe('SUCCESS');

      expect((await http(`${door()}/api/events/gala/close`, {})).body['status']).toBe('CLOSED');
      let late = 0;
      await eventually(async () => {
        // Coupons hear of it a moment later: who was still taken in then is told so for ever.
        const answer = await ask('c1', `late-${++late}`);
        if (answer.status === 202) await finalOf(answer);
        expect(answer.body['code']).toBe('CLOSED');
      });
      await becomes('/api/coupons/c1', 'CLOSED');
      const verdict = await http(`${door()}/admin/coupons/c1/verify`);
      expect(verdict.body['verdict']).toBe('PASS');
    });

    it('do not open when they are called off, and open at another time when they are moved', async () => {
      await schedule('off', inMs(4_000));
      await schedule('moved', inMs(4_000));
      await schedule('sooner', inMs(3_600_000));
      await coupon('c-off', 'off');
      expect((await http(`${door()}/api/events/off/cancel`, {})).body['status']).toBe('CANCELLED');
      const later = inMs(5_000);
      expect(await move('moved', later)).toBe(200);
      expect(await move('sooner', inMs(500))).toBe(200);
      await becomes('/api/events/moved', 'OPEN');
      expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(later));
      await becomes('/api/events/sooner', 'OPEN');
      expect(await statusOf('/api/events/off')).toBe('CANCELLED');
      await eventually(async () => expect((await ask('c-off', 'ana')).body['code']).toBe('CLOSED'));
    });

    it('that are moved, or called off, at the very moment they open, either open or do not: once, and never before', async () => {
      const heard = await listen();
      const before = await lateness();
      const opensAt = inMs(2_500);
      const names = Array.from({ length: 12 }, (_, n) => `brink-${n}`);
      await Promise.all(names.map((eventId) => schedule(eventId, opensAt)));
      await eventually(() => Date.now() >= Date.parse(opensAt) - 5);
      const later = inMs(1_000);
      const answers = await Promise.all(
        names.map(async (eventId, n) => {
          if (n % 3 < 2) return move(eventId, later);
          return (await http(`${door()}/api/events/${eventId}/cancel`, {})).status;
        }),
      );
      for (const [n, eventId] of names.entries()) {
        if (n % 3 === 2) {
          // Called off before it opened or after: either way it is over.
          expect([answers[n], await statusOf(`/api/events/${eventId}`)]).toStrictEqual([200, 'CANCELLED']);
          continue;
        }
        await becomes(`/api/events/${eventId}`, 'OPEN');
        const event = await seen(eventId);
        expect([200, 409]).toContain(answers[n]);
        expect(event['opensAt']).toBe(answers[n] === 200 ? later : opensAt);
        expect(Date.parse(String(event['openedAt']))).toBeGreaterThanOrEqual(Date.parse(String(event['opensAt'])));
      }
      await schedule('after-the-brink', inMs(0));
      await eventually(() => expect(heard.every((each) => each.includes('after-the-brink'))).toBe(true));
      for (const each of heard) {
        expect(new Set(each).size).toBe(each.length);
        expect(each).toEqual(expect.arrayContaining(names.filter((_, n) => n % 3 < 2)));
      }
      expect((await lateness()) - before).toBe(heard[0]?.length);
    });

    it('open as soon as there is somebody to open them, after a downtime over their time', async () => {
      const opensAt = inMs(1_000);
      await schedule('missed', opensAt);
      await coupon('c-missed', 'missed');
      await shop.restart(() => eventually(() => Date.now() > Date.parse(opensAt)));
      await becomes('/api/coupons/c-missed', 'OPEN');
      expect(await finalOf(await accepted('c-missed', 'ana'))).toBe('SUCCESS');
    });

    it('open a coupon that is created while they are open', async () => {
      await schedule('open-house', inMs(-1_000));
      await becomes('/api/events/open-house', 'OPEN');
      await coupon('late', 'open-house');
      await becomes('/api/coupons/late', 'OPEN');
    });

    it('are announced on the log when they open, once', async () => {
      await schedule('announced', inMs(100));
      await becomes('/api/events/announced', 'OPEN');
      const announced = async () => {
        const read = await shop.log().read({ topic: EVENT_OPEN, partition: 0, offset: 0 }, 1_000)();
        const messages = E.isRight(read) ? read.right : [];
        return messages.filter(({ key }) => key === 'announced');
      };
      await eventually(async () => expect(await announced()).toHaveLength(1));
      const [message] = await announced();
      expect(message?.headers['event-type']).toBe('EVENT_OPEN');
      expect(JSON.parse(message?.value ?? '')).toMatchObject({ openedEventId: 'announced', name: 'announced' });
    });

    it('measure how late they open', async () => {
      const before = await lateness();
      await schedule('measured', inMs(200));
      await becomes('/api/events/measured', 'OPEN');
      await eventually(async () => expect(await lateness()).toBe(before + 1));
    });

    more();
  });
