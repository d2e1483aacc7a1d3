import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { redisStockGate } from '../../../src/adapters/redis/stock-gate/stock-gate.js';
import { stockGateContract } from '../../contracts/stock-gate.contract.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { accessTo } from './access-to.js';
import { PATIENT_MS } from './gate-setting.js';
import { ownDatabase } from './own-database.js';
import { silentLog } from './silent-log.js';

await describeWith('redis', ({ url }) => {
  stockGateContract('in Redis', async ({ load, clock }) => {
    const connection = await connectRedis(accessTo(ownDatabase(url, 6)), silentLog, { hotMs: PATIENT_MS });
    return { gate: redisStockGate(connection, load, silentLog, clock.now), close: connection.close };
  });
});
