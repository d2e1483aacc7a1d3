import { taskEither as TE } from 'fp-ts';
import { recentlyUsed } from '../../../application/kernel/recently-used.js';
import { type StreamGrant, type StreamTickets } from '../../../application/ports/stream-tickets.js';

const MOST_KEPT = 100_000;

/** Tickets in the memory of the one process that serves streams. After a restart clients ask for new ones. */
export const inProcessTickets = (): StreamTickets => {
  const kept = recentlyUsed<string, StreamGrant>(MOST_KEPT);
  return {
    keep: (hash, grant, ttl) => TE.fromIO(() => void kept.set(hash, grant, { ttl })),
    redeem: (hash) =>
      TE.fromIO(() => {
        const grant = kept.get(hash) ?? null;
        kept.delete(hash);
        return grant;
      }),
  };
};
