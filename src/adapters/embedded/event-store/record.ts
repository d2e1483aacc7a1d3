import { Packr } from 'msgpackr';
import { type EventToAppend, type RecordedEvent } from '../../../application/ports/event-store.js';

const REPLACED = Buffer.from('\ufffd');
const FORBIDDEN_KEY = Buffer.from('__proto__').subarray(0, 8);

/** Half of a surrogate pair is written as ED A0…BF, or replaced. Numbers may contain the same bytes. */
const mayHoldLoneSurrogate = (bytes: Buffer): boolean => {
  if (bytes.includes(REPLACED)) return true;
  for (let at = bytes.indexOf(0xed); at !== -1; at = bytes.indexOf(0xed, at + 1))
    if ((bytes[at + 1] ?? 0) >= 0xa0) return true;
  return false;
};

/**
 * Whether `body`, packed into `bytes`, is read back as it was. Text that is not well-formed and the key `__proto__` are not: JSON
 * keeps those. May say no too often, never yes wrongly.
 */
const isExactAsMsgpack = (bytes: Buffer, body: unknown): boolean => {
  if (bytes.includes(FORBIDDEN_KEY)) return false;
  // JSON writes nothing but a lone surrogate like this, or a backslash before these letters.
  return !mayHoldLoneSurrogate(bytes) || !JSON.stringify(body).includes('\\ud');
};

/** One append as it stands on disk: its events lie side by side, in a stream and in the global order. */
export interface RecordHeader {
  readonly streamId: string;
  readonly recordedAt: number;
  readonly firstRevision: number;
  readonly count: number;
}

const JSON_BODY = 0;
const MSGPACK_BODY = 1;

/** encoding 1, recordedAt 8, firstRevision 8, count 2, length of stream id 2, stream id, body */
const FIXED_HEADER = 21;

/** No structures shared between records: each can be read alone, whatever happened to its neighbours. */
const packr = new Packr();

const stored = ({ id, event, metadata }: EventToAppend): EventToAppend => ({ id, event, metadata });

export interface EncodedBody {
  readonly encoding: number;
  readonly bytes: Buffer;
}

/** MessagePack names the fields once for all events, so it wins from a few events on; JSON wins below. */
export const encodeBody = (events: ReadonlyArray<EventToAppend>): EncodedBody => {
  const body = events.map(stored);
  if (body.length > 2) {
    const bytes = packr.pack(body);
    if (isExactAsMsgpack(bytes, body)) return { encoding: MSGPACK_BODY, bytes };
  }
  return { encoding: JSON_BODY, bytes: Buffer.from(JSON.stringify(body)) };
};

export const encodeRecord = (header: RecordHeader, { encoding, bytes }: EncodedBody): Buffer => {
  const stream = Buffer.from(header.streamId);
  const record = Buffer.allocUnsafe(FIXED_HEADER + stream.length + bytes.length);
  record.writeUInt8(encoding, 0);
  record.writeDoubleLE(header.recordedAt, 1);
  record.writeDoubleLE(header.firstRevision, 9);
  record.writeUInt16LE(header.count, 17);
  record.writeUInt16LE(stream.length, 19);
  stream.copy(record, FIXED_HEADER);
  bytes.copy(record, FIXED_HEADER + stream.length);
  return record;
};

/** Cheap: whoever looks for other streams never decodes the events. */
export const decodeHeader = (record: Buffer): RecordHeader => ({
  recordedAt: record.readDoubleLE(1),
  firstRevision: record.readDoubleLE(9),
  count: record.readUInt16LE(17),
  streamId: record.toString('utf8', FIXED_HEADER, FIXED_HEADER + record.readUInt16LE(19)),
});

const decodeBody = (record: Buffer): ReadonlyArray<EventToAppend> => {
  const body = record.subarray(FIXED_HEADER + record.readUInt16LE(19));
  return record.readUInt8(0) === MSGPACK_BODY ? packr.unpack(body) : JSON.parse(body.toString());
};

/** The events of an append with their places: the last of them stands at `lastPosition`. */
export const placed = (
  { streamId, recordedAt, firstRevision, count }: RecordHeader,
  events: ReadonlyArray<EventToAppend>,
  lastPosition: number,
): ReadonlyArray<RecordedEvent> => {
  const firstPosition = lastPosition - count + 1;
  return events.map(({ id, event, metadata }, index) => ({
    id,
    event,
    metadata,
    streamId,
    revision: firstRevision + index,
    position: firstPosition + index,
    recordedAt,
  }));
};

export const decodeEvents = (record: Buffer, lastPosition: number): ReadonlyArray<RecordedEvent> =>
  placed(decodeHeader(record), decodeBody(record), lastPosition);
