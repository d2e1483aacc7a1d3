import { createHash } from 'node:crypto';
import { openSync, fsyncSync, closeSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';
import { writeAll } from '../environment/index.js';

const line = z.union([
  z.strictObject({ userId: z.string(), wrapped: z.base64() }),
  z.strictObject({ userId: z.string(), destroyed: z.string() }),
]);
/** A user's wrapped key, or the digest of one that was destroyed. */
export type KeyLine = z.infer<typeof line>;
/** Read and written at once: a shop may have more keys than fit into one string. */
const PIECE_BYTES = 2 ** 20;
/** A file for its owner's eyes, a line of JSON each, on disk when this returns. Throws as the file system does. */
export const writeLines = (
  file: string,
  lines: Iterable<KeyLine>,
): { readonly sha256: string; readonly bytes: number } => {
  const [fd, hash] = [openSync(file, 'w', 0o600), createHash('sha256')];
  let [bytes, text] = [0, ''];
  const write = (): void => {
    const piece = Buffer.from(text);
    writeAll(fd, piece, bytes);
    hash.update(piece);
    bytes += piece.length;
    text = '';
  };
  try {
    for (const each of lines) {
      text += `${JSON.stringify(each)}\n`;
      if (text.length >= PIECE_BYTES) write();
    }
    write();
    fsyncSync(fd);
    return { sha256: hash.digest('hex'), bytes };
  } finally {
    closeSync(fd);
  }
};
function* textsIn(file: string): Iterable<string> {
  const [fd, piece, decoder] = [openSync(file, 'r'), Buffer.allocUnsafe(PIECE_BYTES), new StringDecoder('utf8')];
  let rest = '';
  try {
    for (let read = readSync(fd, piece); read > 0; read = readSync(fd, piece)) {
      const texts = (rest + decoder.write(piece.subarray(0, read))).split('\n');
      rest = texts.pop() ?? '';
      yield* texts;
    }
    yield rest;
  } finally {
    closeSync(fd);
  }
}
/** What `writeLines` wrote, as it is asked for. */
export function* readLines(file: string): Iterable<KeyLine> {
  for (const text of textsIn(file)) if (text !== '') yield line.parse(JSON.parse(text));
}
