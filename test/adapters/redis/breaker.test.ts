import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { startOwnRedis } from '../../support/engines/own-redis.js';
import { eventually } from '../../support/eventually.js';
import { accessTo } from './access-to.js';
import { silentLog } from './silent-log.js';

await describeWith('redis', () => {
  it('tells when calls begin to be refused, and when they no longer are', async () => {
    const server = await startOwnRedis();
    const told: boolean[] = [];
    const connection = await connectRedis(accessTo(server.url), silentLog, {
      hotMs: 150,
      onBreaker: (open) => told.push(open),
    });
    const ping = () => connection.hot((redis) => redis.ping()).catch(() => undefined);
    server.freeze();
    await eventually(async () => {
      await ping();
      expect(told).toContain(true);
    });
    server.thaw();
    await eventually(async () => {
      await ping();
      expect(told.at(-1)).toBe(false);
    });
    await connection.close();
    await server.stop();
  });

  it('waits longer for what nobody can be answered without', async () => {
    const server = await startOwnRedis();
    const connection = await connectRedis(accessTo(server.url), silentLog);
    server.freeze();
    const needed = connection.needed((redis) => redis.ping());
    await Promise.all(
      Array.from({ length: 5 }, () => expect(connection.hot((redis) => redis.ping())).rejects.toThrow('timed out')),
    );
    server.thaw();
    expect(await needed).toBe('PONG');
    expect(await connection.needed((redis) => redis.ping())).toBe('PONG');
    await connection.close();
    await server.stop();
  });
});
