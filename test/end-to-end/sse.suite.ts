import { EventSource } from 'eventsource';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { anyDoor, type Shop } from '../support/shop.js';
import { type Tunnel, tunnelTo } from '../support/tunnel.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';

const discount = { kind: 'PERCENT', value: 10 };

export interface Client {
  readonly source: EventSource;
  readonly heard: ReadonlyArray<{ readonly kind: string; readonly id: string; readonly data: string }>;
  /** Everything but the greetings. */
  readonly told: () => Client['heard'];
}

/** What the suite lends to whoever proves more on the same shop. */
export interface Listening {
  readonly door: () => string;
  readonly listen: (url: string) => Client;
  /** A road to whichever door `to` names at the time; cut and closed with the test. */
  readonly road: (to: () => string) => Promise<Tunnel>;
  /** Creates a coupon of one and lets somebody win it. */
  readonly win: (couponId: string, userId: string) => Promise<void>;
}

const portOf = (url: string): number => Number(new URL(url).port);

/** Each thing once, in order. */
export const onceInOrder = (client: Client, coupons: ReadonlyArray<string>): void => {
  // Coupons are decided side by side: theirs is the order in which they were won, not that in which they were asked for.
  expect(
    client
      .told()
      .map(({ data }) => JSON.parse(data).couponId)
      .sort(),
  ).toStrictEqual([...coupons].sort());
  const ids = client.told().map(({ id }) => Number(id));
  expect(ids).toStrictEqual([...ids].sort((one, other) => one - other));
  expect(client.told().map(({ kind }) => kind)).not.toContain('resync');
};

/** Notices as a real client hears them: one suite, whatever it runs on, and `more` on the same shop. */
export const noticesSuite = (
  name: string,
  open: () => Promise<Shop>,
  more: (listening: Listening) => void = () => undefined,
): void =>
  describe(`notices, end to end, to a real client, on ${name}`, () => {
    let shop: Shop;
    const door = anyDoor(() => shop);
    const sources: EventSource[] = [];
    const roads: Tunnel[] = [];
    beforeAll(async () => {
      shop = await open();
    });
    afterEach(() => {
      sources.splice(0).forEach((source) => source.close());
      roads.splice(0).forEach((road) => road.close());
    });
    afterAll(() => shop.stop());

    const [first, last] = [() => shop.doors()[0] ?? '', () => shop.doors().at(-1) ?? ''];
    const listen = (url: string): Client => {
      const heard: Array<Client['heard'][number]> = [];
      const source = new EventSource(url);
      sources.push(source);
      for (const kind of ['connected', 'coupon-issued', 'coupon-rejected', 'event-open', 'resync'])
        source.addEventListener(kind, ({ lastEventId: id, data }) => void heard.push({ kind, id, data: String(data) }));
      return { source, heard, told: () => heard.filter(({ kind }) => kind !== 'connected') };
    };
    const road = async (to: () => string): Promise<Tunnel> => {
      const built = await tunnelTo(() => portOf(to()));
      roads.push(built);
      return built;
    };
    const win = async (couponId: string, userId: string): Promise<void> => {
      const created = await http(`${door()}/api/coupons`, { couponId, name: couponId, quantity: 1, discount });
      expect(created.status).toBe(201);
      expect((await http(`${door()}/api/coupons/${couponId}/issue`, { userId })).status).toBe(202);
    };
    const connected = ({ heard }: Client) => eventually(() => heard.some(({ kind }) => kind === 'connected'));

    it('tell of a coupon won, and of an event that has opened, whichever process somebody is at', async () => {
      const ana = listen(`${first()}/api/sse/subscribe/ana`);
      const ben = listen(`${last()}/api/sse/subscribe/ben`);
      await Promise.all([connected(ana), connected(ben)]);
      await win('only-one', 'ana');
      await eventually(() => expect(ana.told().map(({ kind }) => kind)).toStrictEqual(['coupon-issued']));
      expect(JSON.parse(ana.told()[0]?.data ?? '')).toMatchObject({ couponId: 'only-one', userId: 'ana', place: 1 });

      const opensAt = new Date().toISOString();
      await http(`${door()}/api/events`, { eventId: 'told-gala', name: 'Gala', opensAt });
      await eventually(() => expect(ben.told().map(({ kind }) => kind)).toStrictEqual(['event-open']));
      await eventually(() => expect(ana.told().map(({ kind }) => kind)).toStrictEqual(['coupon-issued', 'event-open']));
      expect(JSON.parse(ben.told()[0]?.data ?? '')).toMatchObject({ eventId: 'told-gala', name: 'Gala' });
    });

    it('tell a client whose connection is lost, again and again, each thing once and in order, at whichever door it comes back', async () => {
      const way = await road(door);
      const cid = listen(`http://127.0.0.1:${way.port}/api/sse/subscribe/cid`);
      await connected(cid);
      const coupons = Array.from({ length: 18 }, (_, n) => `lossy-${n}`);
      for (const [n, couponId] of coupons.entries()) {
        if (n % 6 === 3) way.cut();
        await win(couponId, 'cid');
        if (n % 6 === 0) await eventually(() => cid.told().length > n);
      }
      await eventually(() => expect(cid.told()).toHaveLength(coupons.length));
      onceInOrder(cid, coupons);
      expect(cid.heard.filter(({ kind }) => kind === 'connected').length).toBeGreaterThan(1);
    });

    it('are counted while they are open', async () => {
      const count = async (): Promise<number> => {
        const exposed = await Promise.all(shop.doors().map((url) => http(`${url}/metrics`)));
        const counts = exposed.map(({ text }) => /^sse_connection_count (\d+)$/m.exec(text)?.[1] ?? '0');
        return counts.reduce((sum, each) => sum + Number(each), 0);
      };
      await eventually(async () => expect(await count()).toBe(0));
      const clients = [first(), last()].map((url, n) => listen(`${url}/api/sse/subscribe/dan-${n}`));
      await Promise.all(clients.map(connected));
      await eventually(async () => expect(await count()).toBe(2));
      clients.forEach(({ source }) => source.close());
      await eventually(async () => expect(await count()).toBe(0));
    });

    it('are refused beyond so many of one user, with a moment to come back at, and go on when one has left', async () => {
      const url = `${first()}/api/sse/subscribe/eve`;
      const clients = Array.from({ length: 20 }, () => listen(url));
      await Promise.all(clients.map(connected));
      const refused = await checkedFetch(url);
      expect([refused.status, refused.headers.get('retry-after')]).toStrictEqual([503, '5']);
      clients[0]?.source.close();
      const leaving = new AbortController();
      await eventually(async () => expect((await checkedFetch(url, { signal: leaving.signal })).status).toBe(200));
      leaving.abort();
    });

    it('go on where they were after all processes were stopped and started', async () => {
      const way = await road(door);
      const fay = listen(`http://127.0.0.1:${way.port}/api/sse/subscribe/fay`);
      await connected(fay);
      await win('before-the-stop', 'fay');
      await eventually(() => expect(fay.told()).toHaveLength(1));
      await shop.restart();
      await win('after-the-stop', 'fay');
      await eventually(() => expect(fay.told()).toHaveLength(2));
      onceInOrder(fay, ['before-the-stop', 'after-the-stop']);
    });

    it('ask a client that was away for too long to start afresh, and go on from there', async () => {
      const opensAt = new Date().toISOString();
      const names = Array.from({ length: 101 }, (_, n) => `many-${n}`);
      const told = listen(`${first()}/api/sse/subscribe/gil`);
      // What the other process has not heard of yet, nobody has missed there.
      const toldThere = listen(`${last()}/api/sse/subscribe/hana`);
      await Promise.all([told, toldThere].map(connected));
      for (let n = 0; n < names.length; n += 20)
        await Promise.all(
          names.slice(n, n + 20).map((eventId) => http(`${door()}/api/events`, { eventId, name: eventId, opensAt })),
        );
      for (const each of [told, toldThere]) await eventually(() => expect(each.told()).toHaveLength(names.length));
      const known = told.heard[0]?.id ?? '';
      const back = listen(`${last()}/api/sse/subscribe/gil?lastEventId=${known}`);
      await eventually(() => expect(back.told().map(({ kind }) => kind)).toStrictEqual(['resync']));
      const lately = listen(`${last()}/api/sse/subscribe/gil?lastEventId=${told.told()[0]?.id ?? ''}`);
      await eventually(() => expect(lately.told()).toHaveLength(100));
      await win('afresh', 'gil');
      for (const client of [told, back, lately])
        await eventually(() => expect(client.told().at(-1)?.data).toContain('afresh'));
    });

    more({ door, listen, road, win });
  });
