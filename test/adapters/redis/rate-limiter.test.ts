import { connectRedis, redisScripts, type RedisConnection } from '../../../src/adapters/redis/index.js';
import { sharedRateLimiter } from '../../../src/adapters/rate-limits/shared.js';
import { rateLimiterContract } from '../../contracts/rate-limiter.contract.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { accessTo } from './access-to.js';
import { PATIENT_MS } from './gate-setting.js';
import { ownDatabase } from './own-database.js';
import { silentLog } from './silent-log.js';

await describeWith('redis', ({ url }) => {
  const connections: RedisConnection[] = [];
  beforeAll(async () => {
    for (const _ of ['here', 'there'])
      connections.push(await connectRedis(accessTo(ownDatabase(url, 9)), silentLog, { hotMs: PATIENT_MS }));
  });
  afterAll(() => Promise.all(connections.map(({ close }) => close())));
  rateLimiterContract('In Redis', () => {
    const [here, there] = connections.map((connection) => sharedRateLimiter(redisScripts(connection)));
    if (here === undefined || there === undefined) throw new Error('Not connected');
    return { open: here, openAnother: there };
  });
});
