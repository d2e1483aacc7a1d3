import { crc32 } from 'node:zlib';

/** A row of a database as it stands on disk. */
export interface Row {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** Rows one after the other, each as: length of key (u32, little endian), length of value (u32), key, value. */
export interface Segment {
  readonly content: Buffer;
  readonly rows: number;
}

/** A segment ends with a key whose checksum says so, once it holds this much; or when it is full. */
const LEAST_BYTES = 256 * 1_024;
const MOST_BYTES = 8 * 1_024 * 1_024;
const ONE_IN = 256;

const encoded = ({ key, value }: Row): Buffer => {
  const lengths = Buffer.allocUnsafe(8);
  lengths.writeUInt32LE(key.length, 0);
  lengths.writeUInt32LE(value.length, 4);
  return Buffer.concat([lengths, key, value]);
};

/**
 * Cuts rows into segments at places that depend on the rows alone: where a few rows changed or came, the other segments are
 * the same bytes as before, and an incremental backup has them already.
 */
export function* segmentsOf(rows: Iterable<Row>): Iterable<Segment> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  for (const row of rows) {
    const piece = encoded(row);
    pieces.push(piece);
    bytes += piece.length;
    const isCut = bytes >= LEAST_BYTES && crc32(row.key) % ONE_IN === 0;
    if (!isCut && bytes < MOST_BYTES) continue;
    yield { content: Buffer.concat(pieces), rows: pieces.length };
    [pieces, bytes] = [[], 0];
  }
  if (pieces.length > 0) yield { content: Buffer.concat(pieces), rows: pieces.length };
}

/** Throws where the content ends in the middle of a row. */
export function* rowsOf(content: Buffer): Iterable<Row> {
  for (let at = 0; at < content.length;) {
    const [keyEnd, valueEnd] = [
      at + 8 + content.readUInt32LE(at),
      at + 8 + content.readUInt32LE(at) + content.readUInt32LE(at + 4),
    ];
    if (valueEnd > content.length) throw new RangeError('A segment ends in the middle of a row');
    yield { key: content.subarray(at + 8, keyEnd), value: content.subarray(keyEnd, valueEnd) };
    at = valueEnd;
  }
}
