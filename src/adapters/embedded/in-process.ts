import { taskEither as TE } from 'fp-ts';
import { recentlyUsed } from '../../application/kernel/recently-used.js';
import { type StreamGrant, type StreamTickets } from '../../application/ports/stream-tickets.js';
import { type Reminders } from '../../application/ports/reminders.js';
import { type Presence } from '../../application/ports/presence.js';

/** Beyond this those not seen for longest are forgotten; they are taken for seen at the start. */
const MOST = 1_000_000;

/** Signs of life in memory: they live and die with the process, and are remembered from its start on. */
export const inProcessPresence = (now: () => number = Date.now): Presence => {
  const since = now();
  // Counted rather than set aside: room for a million at once would be made at every start.
  const seen = recentlyUsed<string, number>(MOST);
  return {
    touch: (tokenId, at) => void seen.set(tokenId, at),
    lastSeen: (tokenId) => TE.right(seen.peek(tokenId) ?? since),
    since: () => TE.right(since),
  };
};

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

/** None: the one process there is learns of everything itself. */
export const noReminders: Reminders = {
  remind: () => undefined,
  forget: () => undefined,
  listen: () => () => undefined,
};
