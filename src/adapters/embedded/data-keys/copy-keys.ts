import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';
import { inSlices } from '../../../application/kernel/in-slices.js';
import { closeEnvironment, writeAll } from '../environment/index.js';
import { putKey } from './open-data-keys.js';
import { digestOf, environmentFile, openTables, type Tables, unbox } from './tables.js';

const line = z.union([
  z.strictObject({ userId: z.string(), wrapped: z.base64() }),
  z.strictObject({ userId: z.string(), destroyed: z.string() }),
]);
/** A user's wrapped key, or the digest of one that was destroyed. */
type KeyLine = z.infer<typeof line>;

/** Read and written at once: a shop may have more keys than fit into one string. */
const PIECE_BYTES = 2 ** 20;

/** A file for its owner's eyes, a line of JSON each, on disk when this returns. Throws as the file system does. */
const writeLines = (file: string, lines: Iterable<KeyLine>): { readonly sha256: string; readonly bytes: number } => {
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
function* readLines(file: string): Iterable<KeyLine> {
  for (const text of textsIn(file)) if (text !== '') yield line.parse(JSON.parse(text));
}

export const holdsKeys = (directory: string): boolean => existsSync(environmentFile(directory));

/** By the digest of a key that was destroyed: whose it was. */
export type Erased = ReadonlyMap<string, string>;

function* linesOf({ root, keys, destroyed, slots }: Tables): Iterable<KeyLine> {
  for (const { key: userId, value } of keys.getRange()) {
    const secret = slots.read(value.slot);
    if (secret !== null) yield { userId, wrapped: unbox(secret, value.box).toString('base64') };
  }
  // As of now: a key whose slot was destroyed meanwhile is told of here.
  root.resetReadTxn();
  for (const { key: digest, value: userId } of destroyed.getRange()) yield { userId, destroyed: digest };
}

const reading = async <A>(directory: string, read: (tables: Tables) => A): Promise<A> => {
  const tables = openTables(directory, 'read');
  try {
    return read(tables);
  } finally {
    await closeEnvironment(tables.root);
    tables.slots.close();
  }
};

/** All keys of a directory as lines of JSON in a file, and the digests of destroyed ones. A server may continue to write to the directory. */
export const writeKeys = (directory: string, file: string): Promise<ReturnType<typeof writeLines>> =>
  reading(directory, (tables) => writeLines(file, linesOf(tables)));

export const erasedInFile = (file: string): Erased => {
  const erased = new Map<string, string>();
  for (const each of readLines(file)) if ('destroyed' in each) erased.set(each.destroyed, each.userId);
  return erased;
};

export const erasedInDirectory = (directory: string): Promise<Erased> =>
  reading(directory, ({ destroyed }) => new Map([...destroyed.getRange()].map(({ key, value }) => [key, value])));

/** Keys created in one transaction. */
const SLICE = 1_000;

/** Creates the keys of a directory from what `writeKeys` wrote, without those destroyed according to it or to `others`. Answers the users of these. */
export const restoreKeys = async (
  directory: string,
  file: string,
  others: ReadonlyArray<Erased>,
): Promise<ReadonlyArray<string>> => {
  const gone = new Map([erasedInFile(file), ...others].flatMap((erased) => [...erased]));
  const tables = openTables(directory, 'write');
  const dropped: string[] = [];
  const restore = (each: KeyLine): void => {
    if ('destroyed' in each) return;
    const wrapped = Buffer.from(each.wrapped, 'base64');
    if (gone.has(digestOf(wrapped))) dropped.push(each.userId);
    else putKey(tables, each.userId, wrapped);
  };
  try {
    for (const slice of inSlices(readLines(file), SLICE)) await tables.root.transaction(() => slice.forEach(restore));
    for (const slice of inSlices(gone, SLICE))
      await tables.root.transaction(() =>
        slice.forEach(([digest, userId]) => tables.destroyed.putSync(digest, userId)),
      );
    await tables.root.flushed;
  } finally {
    await closeEnvironment(tables.root);
    tables.slots.close();
  }
  return dropped;
};
