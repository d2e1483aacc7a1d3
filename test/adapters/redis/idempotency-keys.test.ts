import { either as E } from 'fp-ts';
import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { redisIdempotencyKeys } from '../../../src/adapters/redis/idempotency/idempotency-keys.js';
import { idempotencyContract, type OpenedIdempotencyKeys } from '../../contracts/idempotency.contract.js';
import { answerOf } from '../../support/answer-of.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { startOwnRedis } from '../../support/engines/own-redis.js';
import { eventually } from '../../support/eventually.js';
import { accessTo } from './access-to.js';
import { PATIENT_MS } from './gate-setting.js';
import { ownDatabase } from './own-database.js';
import { silentLog } from './silent-log.js';

await describeWith('redis', ({ url }) => {
  const open = async (): Promise<OpenedIdempotencyKeys> => {
    const connection = await connectRedis(accessTo(ownDatabase(url, 4)), silentLog, { hotMs: PATIENT_MS });
    return {
      keys: redisIdempotencyKeys(connection, silentLog),
      reopen: async () => {
        await connection.close();
        return open();
      },
      close: connection.close,
    };
  };
  idempotencyContract('in Redis', open);

  it('does not begin a request whose caller was refused while Redis was frozen: it may be sent again at once', async () => {
    const server = await startOwnRedis();
    const connection = await connectRedis(accessTo(server.url), silentLog);
    const keys = redisIdempotencyKeys(connection, silentLog);
    const begin = keys.begin('order-1', 'POST /api/orders', Date.now());
    server.freeze();
    expect(await begin()).toEqual(E.left('IdempotencyUnavailable'));
    server.thaw();
    await eventually(async () => (await connection.health()) === 'ok');
    expect(await answerOf(begin)).toEqual({ begun: 'First' });
    await connection.close();
    await server.stop();
  });
});
