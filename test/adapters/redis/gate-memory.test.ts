import { jest } from '@jest/globals';
import { option as O } from 'fp-ts';
import { Redis } from 'ioredis';
import { redisGateMemory } from '../../../src/adapters/redis/gate/gate-memory.js';
import { answerOf } from '../../support/answer-of.js';
import { over } from './never-connected.js';
import { silentLog } from './silent-log.js';

test('a request that goes past the gate while Redis is being asked for losses is not denied', async () => {
  const redis = new Redis({ lazyConnect: true });
  jest.spyOn(redis, 'hmget').mockResolvedValue(['server', '']);
  let answer: (reply: unknown) => void = () => undefined;
  jest.spyOn(redis, 'evalsha').mockReturnValue(new Promise((resolve) => (answer = resolve)));
  const memory = redisGateMemory(over(redis), silentLog);

  const asked = answerOf(memory.loss());
  memory.suspect();
  answer(['']);
  expect(await asked).toEqual(O.none);
  await expect(memory.believing(async () => O.none)).rejects.toThrow('memory was lost');
  memory.close();
});
