import { jest } from '@jest/globals';
import { Redis } from 'ioredis';
import { demotionWatch } from '../../../src/adapters/redis/demotion-watch.js';

/** Never connected. */
const client = () => {
  const redis = new Redis({ lazyConnect: true });
  redis.status = 'ready';
  return { redis, disconnected: jest.spyOn(redis, 'disconnect').mockReturnValue(undefined) };
};

test('after a demotion every connection is made anew, and one that has ended is not kept to the end of the process', () => {
  const watch = demotionWatch(() => undefined);
  const [stays, gone] = [client(), client()];
  watch.add(stays.redis);
  watch.add(gone.redis);
  gone.redis.emit('end');
  watch.connectAnew();
  expect(stays.disconnected).toHaveBeenCalledWith(true);
  expect(gone.disconnected).not.toHaveBeenCalled();
});
