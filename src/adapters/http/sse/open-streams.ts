import { type IsStillValid, type Validity } from '../../../application/ports/identity.js';
import { type Log } from '../../../application/ports/log.js';
import { type Lifecycle } from '../lifecycle.js';
import { type SseLimits } from './limits.js';
import { lookForAnswers } from './look-for-answers.js';
import { type Stream } from './stream.js';

export interface OpenStreamsPorts {
  readonly isStillValid: IsStillValid;
  readonly lifecycle: Lifecycle;
  readonly log: Log;
}

export interface OpenStreams {
  /** Tells a client when to come back. */
  readonly retry: () => string;
  readonly count: () => number;
  /** `validity`: of the credential that opened it. Answers how to leave. */
  readonly add: (stream: Stream, validity: Validity) => () => void;
}

/** Looks in each interval. A heartbeat may be early by one of them, so that none is late. */
const LOOKS = 15;
/** A comment, which clients ignore. */
const HEARTBEAT = Buffer.from(':\n\n');

/**
 * The streams of one kind in this process, looked after by a few timers for all of them, which keep no process alive. A comment is sent
 * on those that have been silent, so that no proxy takes them for dead. They end when the server does, and soon after their
 * credential: that expires, or is revoked, without a call.
 */
export const openStreams = (
  { isStillValid, lifecycle, log }: OpenStreamsPorts,
  { heartbeatMs, answersEveryMs, credentialsEveryMs, retryMs }: SseLimits,
): OpenStreams => {
  const open = new Map<Stream, Validity>();
  const retry = (): string => `retry: ${Math.round(retryMs * (1 + Math.random()))}\n\n`;
  const beat = (): void => {
    const silentSince = performance.now() - heartbeatMs * (1 - 1 / LOOKS);
    for (const stream of open.keys()) if (stream.sentAt() <= silentSince) stream.write(HEARTBEAT);
  };
  const endExpired = (): void => {
    for (const [stream, validity] of open) if (!isStillValid(validity)) stream.end(retry());
  };
  const beating = setInterval(beat, Math.max(1, heartbeatMs / LOOKS)).unref();
  const checking = setInterval(endExpired, credentialsEveryMs).unref();
  const looking = lookForAnswers(open, answersEveryMs, log);
  lifecycle.closing.signal.addEventListener('abort', () => {
    clearInterval(beating);
    clearInterval(checking);
    looking.stop();
    for (const stream of open.keys()) stream.end(retry());
  });
  return {
    retry,
    count: () => open.size,
    add: (stream, validity) => {
      open.set(stream, validity);
      return () => void open.delete(stream);
    },
  };
};
