import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { redisReadModels } from '../../../src/adapters/redis/read-models/read-models.js';
import { readModelsContract } from '../../contracts/read-models.contract.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { accessTo } from './access-to.js';
import { PATIENT_MS } from './gate-setting.js';
import { ownDatabase } from './own-database.js';
import { silentLog } from './silent-log.js';

await describeWith('redis', ({ url }) => {
  readModelsContract('in Redis', async () => {
    const connection = await connectRedis(accessTo(ownDatabase(url, 3)), silentLog, { hotMs: PATIENT_MS });
    return { readModels: redisReadModels(connection, silentLog), close: connection.close };
  });
});
