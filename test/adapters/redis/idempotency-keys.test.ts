import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { redisIdempotencyKeys } from '../../../src/adapters/redis/idempotency/idempotency-keys.js';
import { idempotencyContract, type OpenedIdempotencyKeys } from '../../contracts/idempotency.contract.js';
import { describeWith } from '../../support/engines/describe-with.js';
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
});
