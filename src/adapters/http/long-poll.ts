import { type Written } from './answer.js';
import { type Exchange } from './exchange.js';
import { type Lifecycle } from './lifecycle.js';

const LONGEST_SECONDS = 30;

/** For routes that hold their answer back. */
export const listensToPrefer = {
  Prefer: `wait=N: hold the answer until it is final or N seconds (at most ${LONGEST_SECONDS}) are over`,
};

const WAIT = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:$|[,;])/i;

/** The seconds of `Prefer: wait=N`, at most 30; none when it is not asked for, or not understood (RFC 7240: then ignored). */
export const preferredWait = (prefer: string | undefined): number | null => {
  const seconds = prefer === undefined ? undefined : WAIT.exec(prefer)?.[1];
  return seconds === undefined ? null : Math.min(Number(seconds), LONGEST_SECONDS);
};

/** Until when to wait for a final answer; aborting ends the wait with what is known by then. */
export interface Until {
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/** Answers now or, if the client prefers and there is room, when it is final. */
export type LongPoll = (exchange: Exchange, ask: (until?: Until) => Promise<Written>) => Promise<Written>;

interface LongPollingOptions {
  readonly limit: number;
  readonly lifecycle: Lifecycle;
  /** A request that waits is no load: its place among the running goes to another meanwhile. */
  readonly running: { readonly enter: () => void; readonly leave: () => void };
}

/** Holds back answers, but never more than `limit` at once, never for one who has left, and none while the server drains. */
export const longPolling = ({ limit, lifecycle, running }: LongPollingOptions): LongPoll => {
  let waiting = 0;
  return async (exchange, ask) => {
    // The state before a change is read as well, for the audit trail: it must not wait.
    const seconds = exchange.isRead ? preferredWait(exchange.header('prefer')) : null;
    // Nobody would tell that the client has left.
    const isUnwatched = exchange.isGone || exchange.isBehindOthers;
    if (seconds === null || waiting >= limit || lifecycle.draining || isUnwatched) return ask();
    const applied = (answer: Written): Written =>
      answer.code === undefined
        ? { ...answer, headers: { ...answer.headers, 'Preference-Applied': `wait=${seconds}` } }
        : answer;
    if (seconds === 0) return applied(await ask());
    const left = new AbortController();
    const leave = (): void => left.abort();
    exchange.res.once('close', leave);
    const drained = lifecycle.stopWaiting.signal;
    drained.addEventListener('abort', leave);
    waiting += 1;
    running.leave();
    try {
      return applied(await ask({ waitMs: seconds * 1_000, signal: left.signal }));
    } finally {
      running.enter();
      waiting -= 1;
      exchange.res.off('close', leave);
      drained.removeEventListener('abort', leave);
    }
  };
};
