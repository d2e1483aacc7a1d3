import { createHash } from 'node:crypto';
import { type RedisClient } from './client.js';
import { type RedisConnection } from './connection.js';
import { items } from './reply.js';

/** Runs scripts of others as a person waits for them: soon, or not at all. */
export const redisScripts = (connection: RedisConnection) => {
  const scripts = new Map<string, Script>();
  return (lua: string, keys: ReadonlyArray<string>, args: ReadonlyArray<string>): Promise<unknown> => {
    const known = scripts.get(lua) ?? script(lua);
    scripts.set(lua, known);
    return connection.hot((redis) => run(redis, known, keys, args));
  };
};

/** A Lua script and the name Redis caches it under. */
export interface Script {
  readonly lua: string;
  readonly sha: string;
}

export const script = (lua: string): Script => ({ lua, sha: createHash('sha1').update(lua).digest('hex') });

const isUnknownScript = (error: unknown): boolean => error instanceof Error && error.message.startsWith('NOSCRIPT');

/** Runs a script by its name; a server that has forgotten it (a restart, a failover) is sent the text. */
export const run = async (
  redis: RedisClient,
  { lua, sha }: Script,
  keys: ReadonlyArray<string>,
  args: ReadonlyArray<string | number>,
): Promise<unknown> => {
  // As one array: a call can have as many arguments as the stack has room for, and a batch may have more.
  const given = [...keys, ...args.map(String)];
  try {
    return await redis.evalsha(sha, keys.length, given);
  } catch (error) {
    if (!isUnknownScript(error)) throw error;
    return redis.eval(lua, keys.length, given);
  }
};

/**
 * The opening of a script that must not act when nobody waits for it any more: a command that stood in the queue of a
 * frozen server is carried out whenever that wakes. ARGV[1]: the deadline in epoch milliseconds of the server's clock.
 */
export const unlessLate = `
local clock = redis.call('TIME')
if clock[1] * 1000 + clock[2] / 1000 > tonumber(ARGV[1]) then return {'Late'} end
`;

interface InTime {
  readonly connection: RedisConnection;
  readonly redis: RedisClient;
  /** How it is sent, and so how long somebody waits for it. Default hot. */
  readonly sent?: 'hot' | 'needed';
}

/** Runs a script that begins with `unlessLate`, the deadline before its arguments. Rejects when it was refused as late. */
export const runInTime = async (
  { connection, redis, sent }: InTime,
  script: Script,
  keys: ReadonlyArray<string>,
  args: ReadonlyArray<string | number>,
): Promise<ReadonlyArray<unknown>> => {
  const deadline = connection.deadline(sent);
  if (deadline === null) throw new Error('Not connected yet');
  const reply = items(await run(redis, script, keys, [deadline, ...args]));
  if (reply[0] !== 'Late') return reply;
  connection.measureClock();
  throw new Error('Too late to act');
};
