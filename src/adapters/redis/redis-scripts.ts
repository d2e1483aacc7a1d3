import { type RedisConnection } from './connection.js';
import { run, script, type Script } from './script.js';

/** Runs scripts of others as a person waits for them: soon, or not at all. */
export const redisScripts = (connection: RedisConnection) => {
  const scripts = new Map<string, Script>();
  return (lua: string, keys: ReadonlyArray<string>, args: ReadonlyArray<string>): Promise<unknown> => {
    const known = scripts.get(lua) ?? script(lua);
    scripts.set(lua, known);
    return connection.hot((redis) => run(redis, known, keys, args));
  };
};
