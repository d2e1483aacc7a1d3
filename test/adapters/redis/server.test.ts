import { jest } from '@jest/globals';
import { Redis } from 'ioredis';
import { Socket } from 'node:net';
import { serverOf } from '../../../src/adapters/redis/server.js';

test('after a connection was made anew nobody takes the server for the one before, until it has said which it is', async () => {
  const redis = new Redis({ lazyConnect: true });
  redis.stream = new Socket();
  const info = jest.spyOn(redis, 'info').mockResolvedValue('run_id:one');
  jest.spyOn(redis, 'time').mockResolvedValue([1, 0]);
  const server = serverOf(redis, 20);
  await server.measure();
  expect(server.runId()).toBe('one');

  redis.stream = new Socket();
  info.mockReturnValue(new Promise(() => undefined));
  await expect(server.measure()).rejects.toThrow('timed out');
  expect(() => server.runId()).toThrow('not known yet');

  info.mockResolvedValue('run_id:another');
  await server.measure();
  expect(server.runId()).toBe('another');
});
