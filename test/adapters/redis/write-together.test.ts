import { Socket } from 'node:net';
import { jest } from '@jest/globals';
import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { startOwnRedis } from '../../support/engines/own-redis.js';
import { accessTo } from './access-to.js';
import { silentLog } from './silent-log.js';

await describeWith('redis', () => {
  it('commands of one turn leave in a few writes, in order', async () => {
    const server = await startOwnRedis();
    const written = jest.spyOn(Socket.prototype, 'write');
    const connection = await connectRedis(accessTo(server.url), silentLog);
    const before = written.mock.calls.length;
    const pushed = await Promise.all(
      Array.from({ length: 320 }, (_, index) => connection.hot((redis) => redis.rpush('list', String(index)))),
    );
    // The commands, and what this process and its connection write besides.
    expect(written.mock.calls.length - before).toBeLessThan(100);
    expect(pushed).toStrictEqual(Array.from({ length: 320 }, (_, index) => index + 1));
    written.mockRestore();
    await connection.close();
    await server.stop();
  });

  it('a command sent just before the connection is closed is carried out', async () => {
    const server = await startOwnRedis();
    const connection = await connectRedis(accessTo(server.url), silentLog);
    // Until it is connected, commands wait in the client and are refused when it is closed.
    await connection.steady.ping();
    const set = connection.steady.set('last', 'word').catch(() => 'its answer was not waited for');
    await Promise.all([set, connection.close()]);
    const other = await connectRedis(accessTo(server.url), silentLog);
    await expect(other.steady.get('last')).resolves.toBe('word');
    await other.close();
    await server.stop();
  });
});
