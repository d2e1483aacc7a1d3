import { either as E } from 'fp-ts';
import { type Listener } from '../../../application/notices/listeners.js';
import { type NoticeHub } from '../../../application/notices/notice-hub.js';
import { type IsStillValid } from '../../../application/ports/identity.js';
import { type Log } from '../../../application/ports/log.js';
import { type Answer, problem, taken } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { type Lifecycle } from '../lifecycle.js';
import { tryAgain } from '../problems.js';
import { type SseLimits } from './limits.js';
import { lookForAnswers } from './look-for-answers.js';
import {
  connectedFrame,
  endWithCredentials,
  heartbeats,
  noticeFrame,
  resyncFrame,
  retryFrame,
  type Stream,
  stream as newStream,
} from './stream.js';

/** Opens a stream of what a user is told, from `since` on; 503 when there is no room, or what was missed cannot be told. */
export type Subscribe = (exchange: Exchange, userId: string, since: number | null) => Promise<Answer>;

export interface SubscriptionsPorts {
  readonly connect: NoticeHub['connect'];
  /** A seat for a stream, as how to give it back; null when there is none. */
  readonly take: (userId: string, exchange: Exchange) => (() => void) | null;
  readonly isStillValid: IsStillValid;
  readonly lifecycle: Lifecycle;
  readonly log: Log;
}

/** All streams of this process: bounded, kept alive, and ended when the server is, or the credential that opened them. */
export const subscriptions = (
  { connect, take, isStillValid, lifecycle, log }: SubscriptionsPorts,
  limits: SseLimits,
): Subscribe => {
  const open = new Set<Stream>();
  const beating = heartbeats(open, limits.heartbeatMs);
  const looking = lookForAnswers(open, limits.answersEveryMs, log);
  const credentials = endWithCredentials(isStillValid, limits.credentialsEveryMs);
  // Who acknowledges nothing between one heartbeat and the next is gone.
  const bounds = { mostBuffered: limits.mostBuffered, mostSilentMs: limits.heartbeatMs };
  const closing = lifecycle.closing.signal;
  const retry = (): string => retryFrame(Math.round(limits.retryMs * (1 + Math.random())));
  closing.addEventListener('abort', () => {
    beating.stop();
    looking.stop();
    credentials.stop();
    for (const stream of open) stream.end(retry());
  });

  const telling = (stream: Stream, userId: string): Listener => ({
    begin: (from, missed) => {
      const first = retry() + connectedFrame(userId, from);
      if (missed === 'Resync') return stream.open(first + resyncFrame(userId, from));
      stream.open(first);
      for (const notice of missed) stream.write(noticeFrame(notice));
    },
    hear: (notice) => stream.write(noticeFrame(notice)),
  });

  return async (exchange, userId, since) => {
    const { res, requestId, language } = exchange;
    if (exchange.isGone) return taken;
    const giveBack = closing.aborted || exchange.isBehindOthers ? null : take(userId, exchange);
    if (giveBack === null) return problem(tryAgain('OVERLOADED', 5), language);
    res.once('close', giveBack);
    const stream = newStream(res, { 'X-Request-Id': requestId }, bounds);
    const connected = await connect({ userId, since, listener: telling(stream, userId), silentMs: stream.silentMs })();
    if (E.isLeft(connected)) {
      giveBack();
      res.off('close', giveBack);
      return problem(tryAgain('UNAVAILABLE'), language);
    }
    const leave = connected.right;
    let isExpired = false;
    const expire = (): void => {
      isExpired = true;
      stream.end(retry());
    };
    const gone = (): void => {
      open.delete(stream);
      credentials.remove(expire);
      leave(stream.cutOff() ?? (isExpired ? 'credential' : closing.aborted ? 'server' : 'client'));
    };
    open.add(stream);
    credentials.add(expire, exchange.validity);
    // Who left while it was looked up what to tell is gone already; so is a server that began to close.
    if (res.destroyed) gone();
    else res.once('close', gone);
    if (closing.aborted) stream.end(retry());
    return taken;
  };
};
