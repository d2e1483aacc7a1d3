import { type SendQueue } from './tcp-table.js';

/** One look at what a client has acknowledged. Moments are milliseconds of the process's own time. */
export interface Look {
  /** 'Unknown': the kernel did not say; who is connected is then taken to be there. */
  readonly queue: SendQueue | 'Unknown';
  /** When the look began. */
  readonly since: number;
  /** What had been given to the kernel by then, bytes. */
  readonly given: number;
}

/** Whether a client still acknowledges what it is sent. */
export interface Answered {
  readonly sent: (at: number) => void;
  readonly isWaiting: () => boolean;
  /** True: it was heard of. */
  readonly look: (look: Look) => boolean;
  /** How long ago it was last known to be there; 0 while nothing is unanswered. */
  readonly silentMs: (now: number) => number;
}

/** An answer to a probe may be on its way. */
const PROBES_UNDER_WAY = 1;

export const answered = (): Answered => {
  let unansweredSince: number | null = null;
  let lastSent = -Infinity;
  let acknowledged = 0;
  const isHeard = ({ queue, given }: Look): boolean => {
    if (queue === 'Unknown' || queue.bytes === 0) return true;
    return given - queue.bytes > acknowledged || (queue.isHeldBack && queue.asked <= PROBES_UNDER_WAY);
  };
  return {
    sent: (at) => {
      unansweredSince ??= at;
      lastSent = at;
    },
    isWaiting: () => unansweredSince !== null,
    look: (look) => {
      const { queue, since, given } = look;
      if (!isHeard(look)) return false;
      const left = queue === 'Unknown' ? 0 : queue.bytes;
      acknowledged = Math.max(acknowledged, given - left);
      // What was sent after the look began may not have been seen by it.
      const isAllAnswered = left === 0 && lastSent < since;
      unansweredSince = isAllAnswered ? null : left === 0 ? lastSent : since;
      return true;
    },
    silentMs: (now) => (unansweredSince === null ? 0 : Math.max(0, now - unansweredSince)),
  };
};
