import { randomUUID } from 'node:crypto';
import { type ReadBoard } from '../../../application/operating/board/read-board.js';
import { type Caller } from '../../../application/ports/identity.js';
import { type Answer, problem, taken } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { tryAgain } from '../problems.js';
import { boardFeed } from './board-feed.js';
import { type SseLimits } from './limits.js';
import { openStreams, type OpenStreamsPorts } from './open-streams.js';
import { stream as newStream } from './stream.js';

/** Opens a stream of the board; 503 when there is no room. */
export type WatchBoard = (exchange: Exchange, lastEventId: string | undefined) => Promise<Answer>;

export interface WatchBoardPorts extends OpenStreamsPorts {
  readonly readBoard: ReadBoard;
}

/** Operators at once: more windows than any team has open. */
const MOST = 100;
/** A board of some hundred kilobytes, and what changed meanwhile. */
const MOST_BUFFERED = 1024 * 1024;

/** Who is listening, and what they may do: so that they are offered nothing that would be refused. */
const you = (caller: Caller): { readonly name?: string; readonly role: 'operator' | 'viewer' } =>
  caller.kind === 'viewer' || caller.kind === 'operator'
    ? { name: caller.name, role: caller.kind }
    : { role: 'operator' };

/** All streams of the board in this process: bounded, and kept open. */
export const watchBoard = ({ readBoard, ...ports }: WatchBoardPorts, limits: SseLimits): WatchBoard => {
  let wasSaid = false;
  const read: ReadBoard = async () => {
    const board = await readBoard();
    wasSaid = false;
    return board;
  };
  const feed = boardFeed(read, randomUUID, (err) => {
    if (!wasSaid) ports.log.error({ err }, 'The board could not be read; those who listen see it as it was');
    wasSaid = true;
  });
  const open = openStreams(ports, limits);
  const closing = ports.lifecycle.closing.signal;
  return async (exchange, lastEventId) => {
    const { res, requestId, language, caller, validity } = exchange;
    if (exchange.isGone) return taken;
    if (closing.aborted || exchange.isBehindOthers || open.count() >= MOST)
      return problem(tryAgain('OVERLOADED', 5), language);
    const bounds = { mostBuffered: MOST_BUFFERED, mostSilentMs: limits.heartbeatMs };
    const stream = newStream(res, { 'X-Request-Id': requestId }, bounds);
    const forget = open.add(stream, validity);
    let leave = (): void => undefined;
    const gone = (): void => {
      forget();
      leave();
    };
    res.once('close', gone);
    const hello = `${open.retry()}event: you\ndata: ${JSON.stringify(you(caller))}\n\n`;
    leave = await feed.join(lastEventId, {
      begin: (first) => stream.open(hello + first),
      hear: (frame) => stream.write(frame),
    });
    // While the board was read, the client may have left, or the server may have begun to close.
    if (res.destroyed) gone();
    else if (closing.aborted) stream.end(open.retry());
    return taken;
  };
};
