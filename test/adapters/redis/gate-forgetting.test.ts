import { option as O, taskEither as TE } from 'fp-ts';
import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { couponKeys } from '../../../src/adapters/redis/gate/keys.js';
import { productKeys, redisStockGate } from '../../../src/adapters/redis/stock-gate/stock-gate.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { type OwnRedis, startOwnRedis } from '../../support/engines/own-redis.js';
import { accessTo } from './access-to.js';
import {
  answerOf,
  asks,
  coupon,
  declareWhole,
  gateProcess,
  type GateProcess,
  loading,
  PATIENT_MS,
} from './gate-setting.js';
import { silentLog } from './silent-log.js';

await describeWith('redis', () => {
  describe('what the gates keep in Redis', () => {
    let server: OwnRedis;
    let one: GateProcess;

    beforeEach(async () => {
      server = await startOwnRedis();
      one = await gateProcess(server.url, loading(coupon('sale', 50)));
      await declareWhole(one);
    });
    afterEach(async () => {
      await one.end();
      await server.stop();
    });
    const endsIn = (key: string): Promise<number> => one.connection.steady.pttl(key);

    it('is nothing for a coupon that does not exist, however many are made up', async () => {
      const before = await server.ask('DBSIZE');
      for (const n of [1, 2, 3])
        expect(await answerOf(one.gate.reserve(asks(`made-up-${n}`, 1)))).toEqual({ answer: 'CouponNotFound' });
      expect(await server.ask('DBSIZE')).toBe(before);
    });

    it('ends by itself some days after a coupon was asked for last, also where nobody held it at first', async () => {
      const { couponId, userId, requestId } = asks('sale', 1);
      await answerOf(one.gate.reserve(asks('sale', 1)));
      await answerOf(one.gate.apply([{ change: 'Issued', couponId, revision: 1, userId, requestId }]));
      const { terms, holders } = couponKeys('sale');
      expect(await endsIn(terms)).toBeGreaterThan(0);
      expect(await endsIn(holders)).toBeGreaterThan(await endsIn(terms));
    });

    it('ends by itself some days after a product was asked for last, also where nobody held it at first', async () => {
      const connection = await connectRedis(accessTo(server.url), silentLog, { hotMs: PATIENT_MS });
      const load = () => TE.right(O.some({ productId: 'p1', revision: 0, onHand: 5, holds: [] }));
      const gate = redisStockGate(connection, load, silentLog, () => 1_000);
      const lines = [{ productId: 'p1', quantity: 1 }];
      await answerOf(gate.reserve({ orderId: 'o1', lines, at: 1_000, until: 9_000 }));
      const holds = [{ orderId: 'o1', quantity: 1 }];
      await answerOf(gate.apply([{ change: 'Stock', productId: 'p1', revision: 1, onHand: 0, holds }]));
      const keys = productKeys('p1');
      expect(await endsIn(keys.terms)).toBeGreaterThan(0);
      expect(await endsIn(keys.holds)).toBeGreaterThan(await endsIn(keys.terms));
      await connection.close();
    });
  });
});
