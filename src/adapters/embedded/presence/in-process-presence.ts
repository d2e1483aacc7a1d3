import { taskEither as TE } from 'fp-ts';
import { recentlyUsed } from '../../../application/kernel/recently-used.js';
import { type Presence } from '../../../application/ports/presence.js';

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
