import { either as E } from 'fp-ts';
import { connectRedis, redisClock } from '../../../src/adapters/redis/index.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { startOwnRedis } from '../../support/engines/own-redis.js';
import { eventually } from '../../support/eventually.js';
import { accessTo } from './access-to.js';
import { silentLog } from './silent-log.js';

await describeWith('redis', ({ url }) => {
  it('is the clock of the server, whatever the clock of this process says', async () => {
    const connection = await connectRedis(accessTo(url), silentLog, { hotMs: 2_000 });
    const [before, own] = [Date.now(), Date.now];
    Date.now = () => own() + 3_600_000;
    const read = await redisClock(connection, silentLog).now()();
    Date.now = own;
    if (E.isLeft(read)) throw new Error(read.left);
    expect(read.right).toBeGreaterThanOrEqual(before - 1);
    expect(read.right).toBeLessThanOrEqual(Date.now() + 1);
    await connection.close();
  });

  it('cannot be told while the server is away, and can be again when it is back', async () => {
    const server = await startOwnRedis();
    const connection = await connectRedis(accessTo(server.url), silentLog);
    await server.kill();
    const clock = redisClock(connection, silentLog);
    expect(await clock.now()()).toStrictEqual(E.left('ClockUnavailable'));
    await server.restart();
    await eventually(async () => expect(E.isRight(await clock.now()())).toBe(true));
    await connection.close();
    await server.stop();
  });
});
