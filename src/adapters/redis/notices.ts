import { type Redis } from 'ioredis';
import { type RedisConnection } from './connection.js';

/** Messages of channels. Redis keeps none of them: what was sent while nobody listened is lost. */
export interface Notices {
  /**
   * `heard` gets each message, and null when some may have been missed: once listening has begun, and after every
   * interruption. Returns how to stop.
   */
  readonly listen: (channel: string, heard: (message: string | null) => void) => () => void;
}

/** One connection for all channels, opened when first needed; it listens again by itself after an outage. */
export const notices = (connection: RedisConnection): Notices => {
  const channels = new Map<string, Set<(message: string | null) => void>>();
  const say = (channel: string, message: string | null): void =>
    channels.get(channel)?.forEach((heard) => heard(message));
  /** On an outage the connection's next `ready` tries again. */
  const subscribe = (redis: Redis, names: ReadonlyArray<string>): void =>
    void redis.subscribe(...names).then(
      () => names.forEach((channel) => say(channel, null)),
      () => undefined,
    );
  let listener: Redis | undefined;
  const open = (): Redis => {
    const redis = connection.listener();
    redis.on('message', say);
    redis.on('ready', () => {
      if (channels.size > 0) subscribe(redis, [...channels.keys()]);
    });
    return redis;
  };
  return {
    listen: (channel, heard) => {
      listener ??= open();
      const listening = channels.get(channel);
      if (listening === undefined) {
        channels.set(channel, new Set([heard]));
        if (listener.status === 'ready') subscribe(listener, [channel]);
      } else listening.add(heard);
      return () => void channels.get(channel)?.delete(heard);
    },
  };
};
