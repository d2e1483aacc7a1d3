import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { redisSnapshots } from '../../../src/adapters/redis/snapshots/snapshots.js';
import { type OpenedSnapshots, snapshotsContract } from '../../contracts/snapshots.contract.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { accessTo } from './access-to.js';
import { ownDatabase } from './own-database.js';
import { silentLog } from './silent-log.js';

await describeWith('redis', ({ url }) => {
  const open = async (): Promise<OpenedSnapshots> => {
    const connection = await connectRedis(accessTo(ownDatabase(url, 2)), silentLog);
    return {
      snapshots: redisSnapshots(connection, silentLog),
      reopen: async () => {
        await connection.close();
        return open();
      },
      close: connection.close,
    };
  };
  snapshotsContract('in Redis', open);
});
