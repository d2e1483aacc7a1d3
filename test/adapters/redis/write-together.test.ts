import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { startOwnRedis } from '../../support/engines/own-redis.js';
import { accessTo } from './access-to.js';
import { silentLog } from './silent-log.js';

await describeWith('redis', () => {
  it('commands of one turn reach the server in a few writes, in order', async () => {
    const server = await startOwnRedis();
    const connection = await connectRedis(accessTo(server.url), silentLog);
    const reads = async (): Promise<number> => {
      const stats = String(await connection.hot((redis) => redis.info('stats')));
      return Number(/total_reads_processed:(\d+)/.exec(stats)?.[1]);
    };
    const before = await reads();
    const pushed = await Promise.all(
      Array.from({ length: 320 }, (_, index) => connection.hot((redis) => redis.rpush('list', String(index)))),
    );
    // The commands, and now and then what the processes of this connection try for themselves.
    expect((await reads()) - before).toBeLessThan(100);
    expect(pushed).toStrictEqual(Array.from({ length: 320 }, (_, index) => index + 1));
    await connection.close();
    await server.stop();
  });

  it('a command sent just before the connection is closed is carried out', async () => {
    const server = await startOwnRedis();
    const connection = await connectRedis(accessTo(server.url), silentLog);
    const set = connection.steady.set('last', 'word').catch(() => 'its answer was not waited for');
    await Promise.all([set, connection.close()]);
    const other = await connectRedis(accessTo(server.url), silentLog);
    await expect(other.steady.get('last')).resolves.toBe('word');
    await other.close();
    await server.stop();
  });
});
