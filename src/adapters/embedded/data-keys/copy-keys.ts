import { existsSync } from 'node:fs';
import { inSlices } from '../../../application/kernel/in-slices.js';
import { closeEnvironment, closeWritten, commitDurably } from '../environment/index.js';
import { putKey } from './open-data-keys.js';
import { environmentFile, openTables, type Tables } from './tables.js';
import { digestOf, unbox } from './box.js';
import { type KeyLine, writeLines, readLines } from './key-lines.js';

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
    for (const slice of inSlices(readLines(file), SLICE))
      await commitDurably(tables.root, () => slice.forEach(restore)).committed;
    for (const slice of inSlices(gone, SLICE))
      await commitDurably(tables.root, () =>
        slice.forEach(([digest, userId]) => tables.destroyed.putSync(digest, userId)),
      ).committed;
    await tables.root.flushed;
  } finally {
    await closeWritten(tables.root);
    tables.slots.close();
  }
  return dropped;
};
