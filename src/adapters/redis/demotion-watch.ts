import { type RedisClient } from './client.js';

/** Replies of one moment are of one demotion. */
const ONE_DEMOTION_MS = 1000;
interface DemotionWatch {
  /** A client that is to be connected anew when any of them finds the server demoted. */
  readonly add: (client: RedisClient) => void;
  readonly noticed: () => void;
  /** Makes every connection anew: to where the address, or a sentinel, leads now. */
  readonly connectAnew: () => void;
}
/**
 * After a failover the address leads to another server, yet connections stay where they are. When one of them hears that its
 * server can no longer be written, all are made anew: those that only read or listen would never hear of it.
 */
export const demotionWatch = (onDemoted: () => void): DemotionWatch => {
  const clients = new Set<RedisClient>();
  let last = -Infinity;
  const connectAnew = (): void => {
    for (const client of clients) if (client.status === 'ready') client.disconnect(true);
  };
  return {
    add: (client) => {
      clients.add(client);
      client.once('end', () => clients.delete(client));
    },
    connectAnew,
    noticed: () => {
      const now = performance.now();
      if (now - last < ONE_DEMOTION_MS) return;
      last = now;
      onDemoted();
      connectAnew();
    },
  };
};
