import { randomUUID } from 'node:crypto';
import { type ReadBoard } from '../../../application/operating/board/read-board.js';
import { type Caller, type IsStillValid } from '../../../application/ports/identity.js';
import { type Log } from '../../../application/ports/log.js';
import { type Answer, problem, taken } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { type Lifecycle } from '../lifecycle.js';
import { tryAgain } from '../problems.js';
import { boardFeed } from './board-feed.js';
import { type SseLimits } from './limits.js';
import { lookForAnswers } from './look-for-answers.js';
import { endWithCredentials, heartbeats, retryFrame, type Stream, stream as newStream } from './stream.js';

/** Opens a stream of the board; 503 when there is no room. */
export type WatchBoard = (exchange: Exchange, lastEventId: string | undefined) => Promise<Answer>;

export interface WatchBoardPorts {
  readonly readBoard: ReadBoard;
  readonly isStillValid: IsStillValid;
  readonly lifecycle: Lifecycle;
  readonly log: Log;
}

/** Operators at once: more windows than any team has open. */
const MOST = 100;
/** A board of some hundred kilobytes, and what changed meanwhile. */
const MOST_BUFFERED = 1024 * 1024;

/** Who is listening, and what they may do: so that they are offered nothing that would be refused. */
const you = (caller: Caller): { readonly name?: string; readonly role: 'operator' | 'viewer' } => {
  switch (caller.kind) {
    case 'operator':
    case 'viewer':
      return { name: caller.name, role: caller.kind };
    default:
      return { role: 'operator' };
  }
};

/** All streams of the board in this process: bounded, kept alive, ended with the credential that opened them. */
export const watchBoard = (
  { readBoard, isStillValid, lifecycle, log }: WatchBoardPorts,
  { heartbeatMs, answersEveryMs, credentialsEveryMs, retryMs }: SseLimits,
): WatchBoard => {
  let wasSaid = false;
  const read: ReadBoard = async () => {
    const board = await readBoard();
    wasSaid = false;
    return board;
  };
  const feed = boardFeed(read, randomUUID, (err) => {
    if (!wasSaid) log.error({ err }, 'The board could not be read; those who listen see it as it was');
    wasSaid = true;
  });
  const open = new Set<Stream>();
  const beating = heartbeats(open, heartbeatMs);
  const looking = lookForAnswers(open, answersEveryMs, log);
  const credentials = endWithCredentials(isStillValid, credentialsEveryMs);
  const closing = lifecycle.closing.signal;
  const retry = (): string => retryFrame(Math.round(retryMs * (1 + Math.random())));
  closing.addEventListener('abort', () => {
    beating.stop();
    looking.stop();
    credentials.stop();
    for (const stream of open) stream.end(retry());
  });
  return async (exchange, lastEventId) => {
    const { res, requestId, language, caller, validity } = exchange;
    if (exchange.isGone) return taken;
    if (closing.aborted || exchange.isBehindOthers || open.size >= MOST)
      return problem(tryAgain('OVERLOADED', 5), language);
    const bounds = { mostBuffered: MOST_BUFFERED, mostSilentMs: heartbeatMs };
    const stream = newStream(res, { 'X-Request-Id': requestId }, bounds);
    const expire = (): void => stream.end(retry());
    open.add(stream);
    credentials.add(expire, validity);
    let leave = (): void => undefined;
    const gone = (): void => {
      open.delete(stream);
      credentials.remove(expire);
      leave();
    };
    res.once('close', gone);
    const hello = `${retry()}event: you\ndata: ${JSON.stringify(you(caller))}\n\n`;
    leave = await feed.join(lastEventId, {
      begin: (first) => stream.open(hello + first),
      hear: (frame) => stream.write(frame),
    });
    // While the board was read, the client may have left, or the server may have begun to close.
    if (res.destroyed) gone();
    else if (closing.aborted) stream.end(retry());
    return taken;
  };
};
