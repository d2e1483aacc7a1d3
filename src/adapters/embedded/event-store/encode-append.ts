import { type EventToAppend, type Revision } from '../../../application/ports/event-store.js';
import { type Append } from './apply-append.js';
import { encodeBody } from './record.js';

const MAX_EVENTS = 1_000;
const MAX_BYTES = 800_000;
const MAX_STREAM_ID_BYTES = 512;

/** Throws a RangeError when the append is larger than the port allows: cutting it up is the caller's to decide. */
export const encodeAppend = (streamId: string, expected: Revision, events: ReadonlyArray<EventToAppend>): Append => {
  if (events.length > MAX_EVENTS) throw new RangeError(`${events.length} events at once: at most ${MAX_EVENTS}`);
  if (Buffer.byteLength(streamId) > MAX_STREAM_ID_BYTES || streamId === '' || streamId.includes('\0'))
    throw new RangeError(`Not a stream id: 1–${MAX_STREAM_ID_BYTES} bytes without NUL`);
  const body = encodeBody(events);
  if (body.bytes.length > MAX_BYTES) throw new RangeError(`${body.bytes.length} bytes at once: at most ${MAX_BYTES}`);
  return { streamId, expected, events, body };
};
