import { Redis } from 'ioredis';
import { describeWith, ownPrefix } from './describe-with.js';
import { findRedis } from './find-engine.js';
import { startOwnRedis } from './own-redis.js';

await describeWith('redis', ({ url }) => {
  const connect = (to: string) =>
    new Redis(to, { retryStrategy: () => null, lazyConnect: true, commandTimeout: 2_000 });

  it('is the same server for all suites of a run', async () => {
    const again = await findRedis();
    expect(again.found && again.engine.url).toBe(url);
    const redis = connect(url);
    const key = `${ownPrefix()}key`;
    await redis.set(key, 'value');
    expect(await redis.get(key)).toBe('value');
    redis.disconnect();
  });

  it('can be had for oneself, to be wiped, frozen, killed and started again', async () => {
    const own = await startOwnRedis();
    const redis = connect(own.url);
    await redis.set('key', 'value');
    await own.flush();
    expect(await redis.get('key')).toBeNull();

    own.freeze();
    const late = redis.set('key', 'late');
    own.thaw();
    expect(await late).toBe('OK');

    const lost = new Promise((resolve) => redis.once('close', resolve));
    await own.kill();
    await lost;
    await own.restart();
    const after = connect(own.url);
    expect(await after.get('key')).toBeNull();
    after.disconnect();
    await own.stop();
  });
});
