import { type ServerResponse } from 'node:http';
import { type Headers } from '../answer.js';

const HEADERS: Headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  // nginx and those who follow it would otherwise keep events back until a page of them is full.
  'X-Accel-Buffering': 'no',
  Connection: 'close',
};

/** The one way to write to one client. */
export interface Stream {
  /** Sends the head of the answer with the first events. */
  readonly open: (first: string) => void;
  readonly write: (bytes: Buffer) => void;
  /** When something was last sent: milliseconds of the process's own time; Infinity before it is open. */
  readonly sentAt: () => number;
  readonly isSlow: () => boolean;
  readonly end: (last: string) => void;
}

/**
 * Ended by closing, not chunked: one write to a client is one write to its socket, which is what ten thousand of them
 * cost. A client that reads more slowly than it is told is cut off at `mostBuffered` bytes, and resumes by its last id:
 * memory never grows with it.
 */
export const stream = (res: ServerResponse, headers: Headers, mostBuffered: number): Stream => {
  let sentAt = Infinity;
  let isSlow = false;
  const write = (bytes: Buffer | string): void => {
    if (res.destroyed || res.writableEnded) return;
    sentAt = performance.now();
    res.write(bytes);
    if (res.writableLength <= mostBuffered) return;
    isSlow = true;
    res.destroy();
  };
  return {
    open: (first) => {
      if (res.destroyed) return;
      res.useChunkedEncodingByDefault = false;
      res.shouldKeepAlive = false;
      res.writeHead(200, { ...headers, ...HEADERS });
      write(first);
    },
    write,
    sentAt: () => sentAt,
    isSlow: () => isSlow,
    end: (last) => {
      if (res.headersSent && !res.destroyed && !res.writableEnded) res.end(last);
    },
  };
};
