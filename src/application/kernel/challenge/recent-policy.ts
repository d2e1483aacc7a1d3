import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { LRUCache } from 'lru-cache';
import { type ChallengePolicy, noChallenge } from '../../../domain/challenge-policy.js';
import { type Clock } from '../../ports/clock.js';
import { inTime } from '../in-time.js';

/** What a client must solve a challenge for. */
export interface Scarce {
  /** `product/console`: a solution counts for this alone. */
  readonly what: string;
  readonly policy: Exclude<ChallengePolicy, 'NEVER'>;
}

export type ReadPolicy = (id: string) => TE.TaskEither<unknown, O.Option<ChallengePolicy>>;

const KEPT_MS = 1_000;
const MOST = 10_000;
/** A request waits no longer than this for a policy: if views are slow, the gate alone decides, at once. */
const WAIT_MS = 150;

/**
 * The challenge policy of one thing, read at most once a second, so that requests for what needs no challenge cost nothing. A
 * change takes effect within that second. While it cannot be read, or not soon, the last one holds; before there is one, nobody is
 * asked.
 */
export const recentPolicy = (
  read: ReadPolicy,
  clock: Pick<Clock, 'elapsed' | 'wakeIn'>,
): ((id: string) => ChallengePolicy | Promise<ChallengePolicy>) => {
  const known = new LRUCache<string, ChallengePolicy>({
    // By size, not by number: `max` would allocate all of its room at once, and this is nearly empty.
    maxSize: MOST,
    sizeCalculation: () => 1,
    ttl: KEPT_MS,
    perf: { now: clock.elapsed },
    noDeleteOnStaleGet: true,
    noDeleteOnFetchRejection: true,
    allowStaleOnFetchRejection: true,
    fetchMethod: async (id) => {
      const found = await read(id)();
      if (E.isLeft(found)) throw new Error('The policy cannot be read now');
      return O.toUndefined(found.right);
    },
  });
  const look = async (id: string): Promise<ChallengePolicy> => {
    const reading = known.fetch(id).catch(() => undefined);
    const found = await inTime(clock, WAIT_MS, reading);
    return found ?? known.get(id, { allowStale: true }) ?? noChallenge;
  };
  return (id) => known.get(id) ?? look(id);
};
