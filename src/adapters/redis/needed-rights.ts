import { type Redis } from 'ioredis';

/**
 * Every command that is sent, by a client or by a script, in a form that changes nothing: the key is a text that lasts a
 * second, so that what is meant for another kind of key is refused only after the right to ask for it was checked.
 */
const probes = (key: string): ReadonlyArray<readonly [command: string, ...args: ReadonlyArray<string>]> => [
  ['set', key, '', 'PX', '1000'],
  ['get', key],
  ['exists', key],
  ['pexpire', key, '1000'],
  ['persist', key],
  ['hget', key, 'f'],
  ['hmget', key, 'f'],
  ['hgetall', key],
  ['hkeys', key],
  ['hvals', key],
  ['hlen', key],
  ['hexists', key, 'f'],
  ['hset', key, 'f', ''],
  ['hsetnx', key, 'f', ''],
  ['hincrby', key, 'f', '0'],
  ['hdel', key, 'f'],
  ['sadd', key, 'm'],
  ['srem', key, 'm'],
  ['srandmember', key, '1'],
  ['zadd', key, '0', 'm'],
  ['zrem', key, 'm'],
  ['zscore', key, 'm'],
  ['zrange', key, '0', '0'],
  ['zrangebyscore', key, '0', '0'],
  ['zrangebylex', key, '-', '+'],
  ['zrevrangebylex', key, '+', '-'],
  ['zremrangebyscore', key, '0', '0'],
  ['rpush', key, 'm'],
  ['lindex', key, '0'],
  ['lrange', key, '0', '0'],
  ['llen', key],
  ['incrby', key, '0'],
  ['pttl', key],
  ['expire', key, '1'],
  ['rename', key, key],
  ['time'],
  ['ping'],
  ['info', 'server'],
  ['eval', 'return 1', '1', key],
  ['evalsha', '0'.repeat(40), '1', key],
  ['unlink', key],
  ['del', key],
];

/** The commands that this shop's user must be allowed, besides those that every user is: in the words of an ACL rule. */
export const NEEDED_COMMANDS: ReadonlyArray<string> = [
  ...new Set([...probes('').map(([command]) => command), 'publish', 'subscribe']),
];

const isRefused = (error: Error | null): boolean => error?.message.startsWith('NOPERM') ?? false;

/**
 * What the user may not do and must, as an operator would write it into the ACL: `+hset`, `~shop:*`, `&shop:*`. The connection
 * can only listen afterwards.
 */
export const missingRights = async (redis: Redis, namespace: string): Promise<ReadonlyArray<string>> => {
  const missing = new Set<string>();
  const note = (error: unknown, right: string): void => {
    if (!(error instanceof Error) || !isRefused(error)) return;
    if (/access.*key/i.test(error.message)) missing.add(`~${namespace}*`);
    else if (/access.*channel/i.test(error.message)) missing.add(`&${namespace}*`);
    else missing.add(`+${right}`);
  };
  const answered = probes('doorbuster:probe').map(([command, ...args]) =>
    redis.call(command, ...args).catch((error: unknown) => note(error, command)),
  );
  const channel = `${namespace}doorbuster:probe`;
  await Promise.all([...answered, redis.publish(channel, '').catch((error: unknown) => note(error, 'publish'))]);
  await redis.subscribe(channel).catch((error: unknown) => note(error, 'subscribe'));
  return [...missing];
};
