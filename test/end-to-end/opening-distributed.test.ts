import { type EngineSet, startEngineSet } from '../support/distributed/engine-set.js';
import { describeWith } from '../support/engines/describe-with.js';
import { type DistributedShop, distributedShop, type Shop } from '../support/shop.js';
import { eventsSuite } from './events.suite.js';
import { noticesSuite, onceInOrder } from './sse.suite.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { waitingRoomSuite } from './waiting-room.suite.js';

const WITHIN_MS = 30_000;

/** Two that answer, two that decide, two that open on time: of each pair either may be killed. */
const LAYOUT = [['api'], ['api'], ['worker', 'projector', 'relay'], ['worker'], ['scheduler'], ['scheduler']] as const;
const SECOND_SCHEDULER = 5;
const variables = { KAFKA_SESSION_TIMEOUT_MS: '1500', WAITING_CLAIM_MS: '3000', WAITING_IDLE_MS: '60000' };

await describeWith('kafka', () => {
  let engines: EngineSet;
  let shop: DistributedShop;

  beforeAll(async () => {
    engines = await startEngineSet('direct');
    shop = await distributedShop(engines, variables, LAYOUT);
  }, 180_000);
  afterAll(async () => {
    await shop.stop();
    await engines.stop();
  }, 60_000);

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
        await eventually(() => expect(hal.told()).toHaveLength(killed * 2 + 1), WITHIN_MS);
        door = 1 - killed;
        await deployment().replace(killed);
        await win(`after-kill-${killed}`, 'hal');
        await eventually(() => expect(hal.told()).toHaveLength(killed * 2 + 2), WITHIN_MS);
      }
      onceInOrder(hal, coupons);
    }, 120_000);
  });

  eventsSuite(name, open, () => {
    test('one scheduler after the other is killed just before an opening: each opens on time or soon after, once', async () => {
      const { doors, deployment, metricsAt } = shop;
      const door = (): string => doors()[0] ?? '';
      // The second to be killed does lead: either it did all along, or it took over from the first.
      for (const killed of [SECOND_SCHEDULER - 1, SECOND_SCHEDULER]) {
        const eventId = `survives-${killed}`;
        const opensAt = Date.now() + 1_500;
        await http(`${door()}/api/events`, { eventId, name: eventId, opensAt: new Date(opensAt).toISOString() });
        await eventually(() => Date.now() > opensAt - 300);
        const replaced = deployment().replace(killed);
        await eventually(async () => {
          const { body } = await http(`${door()}/api/events/${eventId}`);
          expect(body['status']).toBe('OPEN');
          expect(Date.parse(String(body['openedAt']))).toBeGreaterThanOrEqual(opensAt);
        }, WITHIN_MS);
        await replaced;
      }
      expect(metricsAt()).toHaveLength(LAYOUT.length);
    }, 120_000);
  });
});
