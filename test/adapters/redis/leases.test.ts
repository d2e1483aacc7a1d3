import { either as E } from 'fp-ts';
import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { redisLeases } from '../../../src/adapters/redis/leases/leases.js';
import { leasesContract } from '../../contracts/leases.contract.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { startOwnRedis } from '../../support/engines/own-redis.js';
import { eventually } from '../../support/eventually.js';
import { accessTo } from './access-to.js';
import { answerOf, PATIENT_MS } from './gate-setting.js';
import { ownDatabase } from './own-database.js';
import { silentLog } from './silent-log.js';

await describeWith('redis', ({ url }) => {
  leasesContract('in Redis', async () => {
    const connect = () => connectRedis(accessTo(ownDatabase(url, 5)), silentLog, { hotMs: PATIENT_MS });
    const [one, other] = await Promise.all([connect(), connect()]);
    return {
      one: redisLeases(one, silentLog),
      other: redisLeases(other, silentLog),
      close: async () => {
        await Promise.all([one.close(), other.close()]);
      },
    };
  });

  describe('leases, when something fails', () => {
    const never = new AbortController().signal;

    it('go to who waits when the holder died, with a higher number, and the dead one is told should it wake', async () => {
      const server = await startOwnRedis();
      const [dying, living] = await Promise.all([
        connectRedis(accessTo(server.url), silentLog),
        connectRedis(accessTo(server.url), silentLog),
      ]);
      const first = await answerOf(redisLeases(dying, silentLog, 400).acquire('relay', never));
      let lost = 0;
      first.onLost(() => (lost += 1));
      await dying.close();
      const second = await eventually(() => answerOf(redisLeases(living, silentLog, 400).acquire('relay', never)));
      expect(second.fence).toBeGreaterThan(first.fence);
      await eventually(() => lost === 1);
      await second.release();
      await living.close();
      await server.stop();
    });

    it('are not taken for who gave up while Redis was frozen: whoever asks next has them at once', async () => {
      const server = await startOwnRedis();
      const connection = await connectRedis(accessTo(server.url), silentLog);
      const leases = redisLeases(connection, silentLog);
      server.freeze();
      expect(await leases.acquire('relay', never)()).toEqual(E.left('LeasesUnavailable'));
      server.thaw();
      await eventually(async () => (await connection.health()) === 'ok');
      expect(await server.ask('EXISTS lease:{relay}')).toBe(':0');
      await (await answerOf(leases.acquire('relay', never))).release();
      await connection.close();
      await server.stop();
    });

    it('are lost when Redis stays away, and can be had again when it is back, forgetful', async () => {
      const server = await startOwnRedis();
      const connection = await connectRedis(accessTo(server.url), silentLog);
      const leases = redisLeases(connection, silentLog, 500);
      const first = await eventually(() => answerOf(leases.acquire('relay', never)));
      let lost = 0;
      first.onLost(() => (lost += 1));
      await server.stop();
      await eventually(() => lost === 1);
      expect(await leases.acquire('relay', never)()).toEqual(E.left('LeasesUnavailable'));
      await server.restart();
      const second = await eventually(() => answerOf(leases.acquire('relay', never)));
      expect(second.fence).toBeGreaterThan(first.fence);
      await second.release();
      await connection.close();
      await server.stop();
      expect(lost).toBe(1);
    });
  });
});
