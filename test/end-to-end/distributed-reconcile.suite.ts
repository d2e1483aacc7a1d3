import { Redis } from 'ioredis';
import { z } from 'zod';
import { couponKeys } from '../../src/adapters/redis/gate/keys.js';
import { buildKeys, buildsKey } from '../../src/adapters/redis/read-models/keys.js';
import { type EngineSet } from '../support/distributed/engine-set.js';
import { type Member } from '../support/distributed/member.js';
import { type DistributedSale, openSale } from '../support/distributed/sale.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';

const seen = z.object({ findings: z.array(z.object({ kind: z.string(), subject: z.string(), healed: z.boolean() })) });
const MINUTE = 60_000;

/** Damage done behind Doorbuster's back, found and healed by `reconcile`. */
export const reconcileSuite = (engines: () => EngineSet, url: () => string, scheduler: () => Member): void => {
  describe('reconciling', () => {
    let redis: Redis;
    /** In which some have got theirs, known to gate and views alike: one for each damage. */
    let sales: DistributedSale[];
    beforeAll(async () => {
      redis = new Redis(engines().redis.url, { keyPrefix: `${engines().variables.NAMESPACE}.` });
      sales = await Promise.all([soldSome(), soldSome(), soldSome()]);
      const subjects = sales.map(({ couponId }) => couponId);
      await eventually(async () =>
        expect((await reconcile()).filter(({ subject }) => subjects.includes(subject))).toEqual([]),
      );
    });
    afterAll(() => redis.disconnect());

    const reconcile = async (heal = false) => {
      const answer = await http(`${url()}/admin/reconcile`, { heal });
      expect(answer.status).toBe(200);
      return seen.parse(answer.body).findings;
    };
    /** Of one subject: elsewhere a sale goes on, and its leftovers are the scheduler's. */
    const about = async (subject: string, heal = false) =>
      (await reconcile(heal)).filter((finding) => finding.subject === subject);
    const agrees = (subject: string) => eventually(async () => expect(await about(subject)).toEqual([]));
    const soldSome = async (): Promise<DistributedSale> => {
      const sale = await openSale(url, 50);
      await sale.rush(5);
      await sale.finals();
      await eventually(async () => expect(await redis.hlen(couponKeys(sale.couponId).holders)).toBe(5));
      return sale;
    };
    const nextSale = (): DistributedSale => {
      const sale = sales.pop();
      if (sale === undefined) throw new Error('One sale for each damage');
      return sale;
    };
    const healing = async (kind: string, subject: string): Promise<void> => {
      expect(await about(subject)).toMatchObject([{ kind, healed: false }]);
      expect(await about(subject, true)).toMatchObject([{ kind, healed: true }]);
      await agrees(subject);
    };

    test('finds and heals a gate that counts differently: STOCK_MISMATCH', async () => {
      const { couponId } = nextSale();
      const [holder = ''] = await redis.hkeys(couponKeys(couponId).holders);
      await redis.hdel(couponKeys(couponId).holders, holder);
      await healing('STOCK_MISMATCH', couponId);
    });

    test('finds and heals a gate that has seen what never happened: SEQUENCE_GAP', async () => {
      const { couponId } = nextSale();
      await redis.hincrby(couponKeys(couponId).terms, 'revision', 7);
      await healing('SEQUENCE_GAP', couponId);
    });

    test('finds a place held for a request that is nowhere, and lets its writer settle it: LEAKED_RESERVATION', async () => {
      const sale = nextSale();
      const { places, pending } = couponKeys(sale.couponId);
      const at = Date.now() - MINUTE;
      // It settles leaks by itself, every few seconds: not now.
      scheduler().freeze();
      await redis.hset(places, 'eve', 'nowhere');
      await redis.zadd(pending, at, 'eve\nnowhere');
      await healing('LEAKED_RESERVATION', 'nowhere').finally(() => scheduler().thaw());
      // Whoever it was may ask now.
      expect((await sale.ask('eve')).status).toBe(202);
    });

    test('finds a view that shows something else than the events, and builds it anew: STALE_VIEW', async () => {
      const live = await redis.hget(buildsKey('user-coupons'), 'live');
      const [version = 0, build = 0] = (live ?? '').split(':').map(Number);
      const { documents } = buildKeys({ view: 'user-coupons', version, build });
      const ids = (await redis.hkeys(documents)).filter((id) => !id.startsWith('\u0000'));
      await redis.hdel(documents, ids[0] ?? '');
      await healing('STALE_VIEW', 'user-coupons');
    });
  });
};
