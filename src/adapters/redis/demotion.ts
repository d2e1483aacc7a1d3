import { type Redis } from 'ioredis';

/** A server that was demoted answers every write so, also from within a script, for as long as one stays connected to it. */
export const isReadOnly = (error: unknown): boolean => error instanceof Error && error.message.includes('READONLY');

/** Replies of one moment are of one demotion. */
const ONE_DEMOTION_MS = 1_000;

export interface DemotionWatch {
  /** A client that is to be connected anew when any of them finds the server demoted. */
  readonly add: (redis: Redis) => void;
  readonly noticed: () => void;
}

/**
 * After a failover the address leads to another server, yet connections stay where they are. When one of them hears that its
 * server can no longer be written, all are made anew: those that only read or listen would never hear of it.
 */
export const demotionWatch = (onDemoted: () => void): DemotionWatch => {
  const clients: Redis[] = [];
  let last = -Infinity;
  return {
    add: (redis) => void clients.push(redis),
    noticed: () => {
      const now = performance.now();
      if (now - last < ONE_DEMOTION_MS) return;
      last = now;
      onDemoted();
      for (const client of clients) if (client.status === 'ready') client.disconnect(true);
    },
  };
};
