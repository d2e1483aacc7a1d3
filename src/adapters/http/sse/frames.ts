import { type Position } from '../../../application/ports/event-store.js';
import { type Notice } from '../../../application/notices/notice.js';

const frame = (event: string, id: Position, data: object): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** A line for the connection alone: nobody's event. */
export const HEARTBEAT = Buffer.from(':\n\n');

/** When to come back, milliseconds. */
export const retryFrame = (ms: number): string => `retry: ${ms}\n\n`;

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
