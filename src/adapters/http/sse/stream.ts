import { type ServerResponse } from 'node:http';
import { type Notice } from '../../../application/notices/notice.js';
import { type Position } from '../../../application/ports/event-store.js';
import { type Headers } from '../answer.js';
import { answered as newAnswered } from './answered.js';
import { type SendQueue, tableKey } from './tcp-table.js';

const frame = (event: string, id: Position, data: object): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** The first event of a connection. Its id is what is known, so that a client lost right after it resumes from there. */
export const connectedFrame = (userId: string, from: Position): string => frame('connected', from, { userId });

/** What was missed cannot be told: whoever gets it asks for its state anew. */
export const resyncFrame = (userId: string, from: Position): string => frame('resync', from, { userId });

const written = new WeakMap<Notice, Buffer>();

/** A notice on the wire: written once, however many it goes to. */
export const noticeFrame = (notice: Notice): Buffer => {
  const known = written.get(notice);
  if (known !== undefined) return known;
  const bytes = Buffer.from(frame(notice.kind, notice.position, notice.data));
  written.set(notice, bytes);
  return bytes;
};

const HEADERS: Headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  // nginx and those who follow it would otherwise keep events back until a page of them is full.
  'X-Accel-Buffering': 'no',
  Connection: 'close',
};

/** Bounds of what is borne of one client. */
export interface StreamLimits {
  /** Bytes it may be behind. */
  readonly mostBuffered: number;
  /** How long it may leave unacknowledged what it was sent, milliseconds. */
  readonly mostSilentMs: number;
}

/** A client of which it is to be found out whether it has acknowledged what it was sent. */
export interface Unanswered {
  /** Its connection in the kernel's table. */
  readonly key: string;
  readonly look: (queue: SendQueue | 'Unknown') => void;
}

/** The one way to write to one client. */
export interface Stream {
  /** Sends the head of the answer with the first events. */
  readonly open: (first: string) => void;
  readonly write: (bytes: Buffer) => void;
  /** When something was last sent: milliseconds of the process's own time; Infinity before it is open. */
  readonly sentAt: () => number;
  /** Not null while something sent is not known to have been acknowledged: to be looked at now. */
  readonly unanswered: () => Unanswered | null;
  /** How long the client has not been known to be there, milliseconds; 0 while nothing is unanswered. */
  readonly silentMs: () => number;
  /** Why the client was cut off; null if it was not. */
  readonly cutOff: () => 'slow' | 'silent' | null;
  readonly end: (last: string) => void;
}

/** The kernel itself asked at least so often: one that slept meanwhile has not waited for an answer. */
const ASKED_IN_VAIN = 3;

/**
 * Ended by closing, not chunked: one write to a client is one write to its socket, which is what ten thousand of them
 * cost. A client that reads more slowly than it is told is cut off at `mostBuffered` bytes, one that acknowledges nothing
 * after `mostSilentMs`; it resumes by its last id. Memory never grows with it.
 */
export const stream = (res: ServerResponse, headers: Headers, { mostBuffered, mostSilentMs }: StreamLimits): Stream => {
  let sentAt = Infinity;
  let key: string | null = null;
  let cutOff: 'slow' | 'silent' | null = null;
  const answered = newAnswered();
  const silentMs = (): number => answered.silentMs(performance.now());
  const cut = (why: 'slow' | 'silent'): void => {
    cutOff = why;
    res.destroy();
  };
  const write = (bytes: Buffer | string): void => {
    if (res.destroyed || res.writableEnded) return;
    sentAt = performance.now();
    answered.sent(sentAt);
    res.write(bytes);
    if (res.writableLength > mostBuffered) cut('slow');
  };
  return {
    open: (first) => {
      if (res.destroyed) return;
      key = res.socket === null ? null : tableKey(res.socket);
      res.useChunkedEncodingByDefault = false;
      res.shouldKeepAlive = false;
      res.writeHead(200, { ...headers, ...HEADERS });
      write(first);
    },
    write,
    sentAt: () => sentAt,
    unanswered: () => {
      const { socket } = res;
      if (key === null || socket === null || res.destroyed || !answered.isWaiting()) return null;
      const [since, given] = [performance.now(), socket.bytesWritten - socket.writableLength];
      return {
        key,
        look: (queue) => {
          if (answered.look({ queue, since, given }) || queue === 'Unknown' || res.destroyed) return;
          if (queue.asked >= ASKED_IN_VAIN && silentMs() >= mostSilentMs) cut('silent');
        },
      };
    },
    silentMs,
    cutOff: () => cutOff,
    end: (last) => {
      if (res.headersSent && !res.destroyed && !res.writableEnded) res.end(last);
    },
  };
};
