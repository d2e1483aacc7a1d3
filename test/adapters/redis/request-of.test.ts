import { jest } from '@jest/globals';
import { option as O } from 'fp-ts';
import { Redis } from 'ioredis';
import { requestOf } from '../../../src/adapters/redis/gate/inspect.js';
import { over } from './never-connected.js';

test('whoever becomes a holder while the gate is asked about him is found', async () => {
  const redis = new Redis({ lazyConnect: true });
  const hget = jest.spyOn(redis, 'hget');
  hget.mockImplementation(async (key) => {
    const isHolder = hget.mock.calls.length > 1;
    return String(key).endsWith(isHolder ? ':holders' : ':places') ? 'request-1' : null;
  });
  expect(await requestOf(over(redis), 'spring', 'ana')).toEqual(O.some('request-1'));
});
