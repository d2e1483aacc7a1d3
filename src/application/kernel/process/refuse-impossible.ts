import { either as E } from 'fp-ts';
import { BEGINNING, type Position } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { type Ports } from '../../ports/ports.js';
import { pause } from '../projection/pause.js';

export type RefuseImpossiblePorts = Pick<Ports, 'feed' | 'clock' | 'log'>;

const LOOK_AGAIN_MS = 500;
/** One node of a cluster may be behind the one that was asked before, but not for long. */
const LOOKS = 10;

const isPosition = (position: Position): boolean => Number.isSafeInteger(position) && position >= BEGINNING;

/** What an operator is told of a position at which no event can stand. */
export const impossiblePosition = (position: Position, end: Position): string =>
  `Its position ${position} is ahead of the last event, ${end}: the event store was replaced or set back, or the position ` +
  'is damaged. Stop every process, remove what is derived from events (FLUSHALL of the Redis, or the data directory where ' +
  'the events are elsewhere), and start again: it is built anew.';

/**
 * A feed that refuses to continue from a position ahead of all events: a consumer that did would silently miss every event
 * recorded until then. Such a subscription gets no events until the process is restarted.
 */
export const refuseImpossible = ({ feed, clock, log }: RefuseImpossiblePorts): EventFeed => ({
  ...feed,
  subscribe: (after, handle, options) => {
    if (after === BEGINNING) return feed.subscribe(after, handle, options);
    const ending = new AbortController();
    const { signal } = ending;

    const isRefused = async (): Promise<boolean> => {
      for (let looks = 0; !signal.aborted;) {
        const end = await feed.end()();
        if (E.isRight(end)) {
          if (isPosition(after) && after <= end.right) return false;
          looks += 1;
          if (looks < LOOKS && isPosition(after)) await pause(clock, LOOK_AGAIN_MS, signal);
          else {
            log.error({ streams: options?.streamPrefixes }, `Refused: ${impossiblePosition(after, end.right)}`);
            return true;
          }
        } else await pause(clock, LOOK_AGAIN_MS, signal);
      }
      return true;
    };
    const begun = isRefused().then((refused) => (refused ? null : feed.subscribe(after, handle, options)));
    return {
      stop: async () => {
        ending.abort();
        await (await begun)?.stop();
      },
    };
  },
});
