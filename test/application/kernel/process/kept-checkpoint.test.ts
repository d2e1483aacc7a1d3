import { either as E } from 'fp-ts';
import { connectRedis, type RedisConnection } from '../../../../src/adapters/redis/connection.js';
import { redisReadModels } from '../../../../src/adapters/redis/read-models/read-models.js';
import { keptCheckpoint } from '../../../../src/application/kernel/process/kept-checkpoint.js';
import { BEGINNING } from '../../../../src/application/ports/event-store.js';
import { PATIENT_MS } from '../../../adapters/redis/gate-setting.js';
import { silentLog } from '../../../adapters/redis/silent-log.js';
import { describeWith } from '../../../support/engines/describe-with.js';
import { type OwnRedis, startOwnRedis } from '../../../support/engines/own-redis.js';
import { accessTo } from '../../../adapters/redis/access-to.js';

const build = { view: 'relay', version: 1, build: 1 };

await describeWith('redis', () => {
  describe('the checkpoint of a process, when Redis is wiped', () => {
    let server: OwnRedis;
    let connections: RedisConnection[];
    const checkpoint = async () => {
      const connection = await connectRedis(accessTo(server.url), silentLog, { hotMs: PATIENT_MS });
      connections.push(connection);
      return keptCheckpoint(redisReadModels(connection, silentLog), build);
    };
    beforeEach(async () => {
      connections = [];
      server = await startOwnRedis();
    });
    afterEach(async () => {
      await Promise.all(connections.map((connection) => connection.close()));
      await server.stop();
    });

    it('stands where whoever moved it left it', async () => {
      const mine = await checkpoint();
      expect(await mine.read()).toBe(BEGINNING);
      expect(await mine.moveTo(10)).toEqual(E.right(undefined));
      await server.flush();
      expect(await mine.moveTo(11)).toEqual(E.left('CheckpointMoved'));
      expect(await mine.read()).toBe(10);
      expect(await mine.moveTo(11)).toEqual(E.right(undefined));
    });

    it('stands where whoever stood by saw it last', async () => {
      const [leader, standby] = [await checkpoint(), await checkpoint()];
      await leader.read();
      await leader.moveTo(10);
      await standby.look();
      await server.flush();
      expect(await standby.read()).toBe(10);
    });

    it('keeps one out that was overtaken, though it looked at where the other one is', async () => {
      const [one, other] = [await checkpoint(), await checkpoint()];
      await one.read();
      await other.read();
      await other.moveTo(10);
      await one.look();
      expect(await one.moveTo(11)).toEqual(E.left('CheckpointMoved'));
    });

    it('is one again when two restore it at once, and lets one of them on', async () => {
      const [one, other] = [await checkpoint(), await checkpoint()];
      await one.read();
      await one.moveTo(10);
      await other.look();
      await server.flush();
      expect(await Promise.all([one.read(), other.read()])).toEqual([10, 10]);
      const moved = [await one.moveTo(11), await other.moveTo(12)];
      expect(moved.filter(E.isRight)).toHaveLength(1);
    });
  });
});
