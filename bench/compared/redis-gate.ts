import { Redis } from 'ioredis';
import { type Ask } from './koa-server.js';

const RESERVE = `
  if redis.call('SADD', KEYS[1], ARGV[1]) == 0 then return 'ALREADY_REQUESTED' end
  if redis.call('DECR', KEYS[2]) < 0 then
    redis.call('INCR', KEYS[2])
    redis.call('SREM', KEYS[1], ARGV[1])
    return 'SOLD_OUT'
  end
  if KEYS[3] then redis.call('ZADD', KEYS[3], ARGV[2], ARGV[3]) end
  return 'ACCEPTED'`;

/** Stock and duplicate check in one step, as both designs on Redis would do it. */
export const redisGate = (url: string) => {
  const redis = new Redis(url);
  const result = (requestId: string): string => `result:${requestId}`;
  return {
    redis,
    create: async (couponId: string, quantity: number): Promise<void> => {
      await redis.set(`stock:${couponId}`, quantity);
    },
    /** With a `queue`, who is let in also stands in it, by time. */
    reserve: async ({ couponId, userId, requestId }: Ask, queue?: string) => {
      const keys = [`users:${couponId}`, `stock:${couponId}`, ...(queue === undefined ? [] : [queue])];
      const answer = await redis.eval(RESERVE, keys.length, ...keys, userId, Date.now(), requestId);
      return answer === 'ACCEPTED' ? 'ACCEPTED' : answer === 'SOLD_OUT' ? 'SOLD_OUT' : 'ALREADY_REQUESTED';
    },
    /** Where the designs compared would write to their database: here it costs them one command. */
    record: async (...requestIds: ReadonlyArray<string>): Promise<void> => {
      const pipeline = redis.pipeline();
      requestIds.forEach((requestId) => pipeline.set(result(requestId), 'SUCCESS'));
      await pipeline.exec();
    },
    status: async (requestId: string): Promise<string> => (await redis.get(result(requestId))) ?? 'PROCESSING',
  };
};
