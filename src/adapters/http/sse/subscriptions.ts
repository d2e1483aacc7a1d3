import { either as E } from 'fp-ts';
import { type Listener } from '../../../application/notices/listeners.js';
import { type NoticeHub } from '../../../application/notices/notice-hub.js';
import { type Answer, problem, taken } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { tryAgain } from '../problems.js';
import { type SseLimits } from './limits.js';
import { openStreams, type OpenStreamsPorts } from './open-streams.js';
import { connectedFrame, noticeFrame, resyncFrame, type Stream, stream as newStream } from './stream.js';

/** Opens a stream of what a user is told, from `since` on; 503 when there is no room, or what was missed cannot be told. */
export type Subscribe = (exchange: Exchange, userId: string, since: number | null) => Promise<Answer>;

export interface SubscriptionsPorts extends OpenStreamsPorts {
  readonly connect: NoticeHub['connect'];
  /** A seat for a stream, as how to give it back; null when there is none. */
  readonly take: (userId: string, exchange: Exchange) => (() => void) | null;
}

/** All streams of notices in this process: bounded, and kept open. */
export const subscriptions = ({ connect, take, ...ports }: SubscriptionsPorts, limits: SseLimits): Subscribe => {
  const open = openStreams(ports, limits);
  // Who acknowledges nothing between one heartbeat and the next is gone.
  const bounds = { mostBuffered: limits.mostBuffered, mostSilentMs: limits.heartbeatMs };
  const closing = ports.lifecycle.closing.signal;

  const telling = (stream: Stream, userId: string): Listener => ({
    begin: (from, missed) => {
      const first = open.retry() + connectedFrame(userId, from);
      if (missed === 'Resync') return stream.open(first + resyncFrame(userId, from));
      stream.open(first);
      for (const notice of missed) stream.write(noticeFrame(notice));
    },
    hear: (notice) => stream.write(noticeFrame(notice)),
  });

  return async (exchange, userId, since) => {
    const { res, requestId, language, validity } = exchange;
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
    const forget = open.add(stream, validity);
    const gone = (): void => {
      forget();
      const why = ports.isStillValid(validity) ? (closing.aborted ? 'server' : 'client') : 'credential';
      leave(stream.cutOff() ?? why);
    };
    // Who left while it was looked up what to tell is gone already; so is a server that began to close.
    if (res.destroyed) gone();
    else res.once('close', gone);
    if (closing.aborted) stream.end(open.retry());
    return taken;
  };
};
