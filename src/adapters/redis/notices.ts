import { type Redis } from 'ioredis';
import { type RedisConnection } from './connection.js';

type Heard = (message: string | null) => void;

/** Messages of channels. Redis keeps none of them: what was sent while nobody listened is lost. */
export interface Notices {
  /**
   * Listens to a channel of this shop's. `heard` gets each message, and null when some may have been missed: once listening
   * has begun, and after every interruption. Returns how to stop.
   */
  readonly listen: (channel: string, heard: Heard) => () => void;
  /** The same for a channel of the server's own, which all shops on it have in common. */
  readonly listenToServer: (channel: string, heard: Heard) => () => void;
}

/** One connection for all channels, opened when first needed; it listens again by itself after an outage. */
export const notices = (connection: RedisConnection): Notices => {
  const channels = new Map<string, Set<Heard>>();
  const say = (channel: string, message: string | null): void =>
    channels.get(channel)?.forEach((heard) => heard(message));
  /** On an outage the connection's next `ready` tries again. */
  const subscribe = (redis: Redis, names: ReadonlyArray<string>): void =>
    void redis.subscribe(...names).then(
      () => names.forEach((channel) => say(channel, null)),
      () => undefined,
    );
  let listener: Redis | undefined;
  let isOpen = false;
  const open = (): void => {
    if (isOpen) return;
    isOpen = true;
    connection.listen({
      message: say,
      ready: (redis) => {
        listener = redis;
        if (channels.size > 0) subscribe(redis, [...channels.keys()]);
      },
    });
  };
  const listenToServer: Notices['listenToServer'] = (channel, heard) => {
    open();
    const listening = channels.get(channel);
    if (listening === undefined) {
      channels.set(channel, new Set([heard]));
      if (listener?.status === 'ready') subscribe(listener, [channel]);
    } else listening.add(heard);
    return () => void channels.get(channel)?.delete(heard);
  };
  return { listenToServer, listen: (channel, heard) => listenToServer(connection.namespace + channel, heard) };
};
