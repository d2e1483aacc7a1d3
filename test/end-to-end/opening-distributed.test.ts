import { type EngineSet, startEngineSet } from '../support/distributed/engine-set.js';
import { startMember } from '../support/distributed/member.js';
import { describeWith } from '../support/engines/describe-with.js';
import { type DistributedShop, distributedShop, type Shop } from '../support/shop.js';
import { eventsSuite } from './events.suite.js';
import { noticesSuite, onceInOrder } from './sse.suite.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { waitingRoomSuite } from './waiting-room.suite.js';

/** Two that answer, two that decide, two that open on time: of each pair either may be killed. */
const LAYOUT = [['api'], ['api'], ['worker', 'projector', 'relay'], ['worker'], ['scheduler'], ['scheduler']] as const;
const SCHEDULERS = [4, 5];
/** For a process of Node: everything that asks for the time is told another one. */
const AN_HOUR_AHEAD = '--import data:text/javascript,const%20now=Date.now;Date.now=()=>now()+3600000';
const variables = { KAFKA_SESSION_TIMEOUT_MS: '1500', WAITING_CLAIM_MS: '6000', WAITING_IDLE_MS: '60000' };

await describeWith('kafka', (kafka) => {
  let engines: EngineSet;
  let shop: DistributedShop;

  beforeAll(async () => {
    engines = await startEngineSet(kafka);
    shop = await distributedShop(engines, variables, LAYOUT);
  });
  afterAll(async () => {
    await shop.stop();
    await engines.stop();
  });

  /** One for all suites: none of them closes it. */
  const open = async (): Promise<Shop> => ({ ...shop, stop: async () => undefined });
  const name = 'six processes, Kafka, Redis and the stand-in of EventStoreDB';

  waitingRoomSuite(name, open);

  noticesSuite(name, open, ({ listen, road, win }) => {
    test('whoever was at a process that is killed hears each thing once, in order, at the other', async () => {
      const { doors, deployment } = shop;
      let door = 0;
      const way = await road(() => doors()[door] ?? '');
      const hal = listen(`http://127.0.0.1:${way.port}/api/sse/subscribe/hal`);
      await eventually(() => hal.heard.length === 1);
      const coupons: string[] = [];
      for (const killed of [0, 1]) {
        coupons.push(`before-kill-${killed}`, `after-kill-${killed}`);
        await win(`before-kill-${killed}`, 'hal');
        await eventually(() => expect(hal.told()).toHaveLength(killed * 2 + 1));
        door = 1 - killed;
        await deployment().replace(killed);
        await win(`after-kill-${killed}`, 'hal');
        await eventually(() => expect(hal.told()).toHaveLength(killed * 2 + 2));
      }
      onceInOrder(hal, coupons);
    });
  });

  eventsSuite(name, open, () => {
    test('one scheduler after the other is killed just before an opening: each opens on time or soon after, once', async () => {
      const { doors, deployment } = shop;
      const door = (): string => doors()[0] ?? '';
      // The second to be killed does lead: either it did all along, or it took over from the first.
      for (const killed of SCHEDULERS) {
        const eventId = `survives-${killed}`;
        const opensAt = Date.now() + 1_500;
        await http(`${door()}/api/events`, { eventId, name: eventId, opensAt: new Date(opensAt).toISOString() });
        await eventually(() => Date.now() > opensAt - 300);
        const replaced = deployment().replace(killed);
        await eventually(async () => {
          const { body } = await http(`${door()}/api/events/${eventId}`);
          expect(body['status']).toBe('OPEN');
          expect(Date.parse(String(body['openedAt']))).toBeGreaterThanOrEqual(opensAt);
        });
        await replaced;
      }
    });

    test('a scheduler whose clock is an hour ahead opens nothing before its time', async () => {
      const { doors, deployment } = shop;
      const door = (): string => doors()[0] ?? '';
      await Promise.all(SCHEDULERS.map((nth) => deployment().members()[nth]?.kill('SIGTERM')));
      const hasty = await startMember(['scheduler'], {
        ...engines.variables,
        ...variables,
        NODE_OPTIONS: AN_HOUR_AHEAD,
      });
      const opensAt = Date.now() + 4_000;
      await http(`${door()}/api/events`, { eventId: 'hasty', name: 'Hasty', opensAt: new Date(opensAt).toISOString() });
      const { openedAt, seenAt } = await eventually(async () => {
        const { body } = await http(`${door()}/api/events/hasty`);
        expect(body['status']).toBe('OPEN');
        return { openedAt: Date.parse(String(body['openedAt'])), seenAt: Date.now() };
      });
      expect(openedAt).toBeGreaterThanOrEqual(opensAt);
      expect(seenAt).toBeGreaterThanOrEqual(opensAt);
      // By its own clock it would have been an hour later.
      expect(openedAt).toBeLessThan(opensAt + 1_800_000);
      await hasty.kill('SIGTERM');
      await Promise.all(SCHEDULERS.map((nth) => deployment().replace(nth)));
    });
  });
});
