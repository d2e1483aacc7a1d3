import { either as E } from 'fp-ts';
import {
  type Appended,
  type EventToAppend,
  NO_STREAM,
  type Position,
  type Revision,
} from '../../../application/ports/event-store.js';
import { readStream } from './read-stream.js';
import { type EncodedBody, encodeRecord, placed, encodeBody } from './record.js';
import { type RecentAppend } from './recent-events.js';
import { type Tables } from './tables.js';

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

export interface Append {
  readonly streamId: string;
  readonly expected: Revision;
  readonly events: ReadonlyArray<EventToAppend>;
  readonly body: EncodedBody;
}

/** `written` is null when the append was a repeated one: it stands where it stood. */
export interface Applied {
  readonly appended: Appended;
  readonly written: RecentAppend | null;
}

/** The same ids, right behind the expected revision, are the same append: its first answer is given again. */
const repeated = (tables: Tables, { streamId, expected, events }: Append): E.Either<'RevisionConflict', Applied> => {
  const standing = readStream(tables, streamId, expected + 1, events.length);
  const last = standing.at(-1);
  const same = standing.length === events.length && standing.every(({ id }, index) => id === events[index]?.id);
  return same && last !== undefined && last.revision === expected + events.length
    ? E.right({ appended: { revision: last.revision, position: last.position }, written: null })
    : E.left('RevisionConflict');
};

/** Within a transaction: writes the append behind position `after`, if its stream is at the expected revision. */
export const applyAppend = (
  tables: Tables,
  append: Append,
  after: Position,
  recordedAt: number,
): E.Either<'RevisionConflict', Applied> => {
  const { streamId, expected, events, body } = append;
  if ((tables.heads.get(streamId) ?? NO_STREAM) !== expected) return repeated(tables, append);
  const revision = expected + events.length;
  const position = after + events.length;
  const header = { streamId, recordedAt, firstRevision: expected + 1, count: events.length };
  const record = encodeRecord(header, body);
  tables.records.putSync(position, record, { append: true });
  tables.revisions.putSync([streamId, revision], position);
  tables.heads.putSync(streamId, revision);
  return E.right({
    appended: { revision, position },
    written: {
      streamId,
      lastPosition: position,
      events: placed(header, events, position),
      bytes: record.length,
    },
  });
};
