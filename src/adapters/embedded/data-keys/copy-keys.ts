import { existsSync } from 'node:fs';
import { z } from 'zod';
import { digestOf, unbox } from './box.js';
import { putKey } from './open-data-keys.js';
import { environmentFile, openTables } from './tables.js';
import { closeEnvironment } from '../environment/index.js';

const line = z.union([
  z.strictObject({ userId: z.string(), wrapped: z.base64() }),
  z.strictObject({ userId: z.string(), destroyed: z.string() }),
]);
/** A user's wrapped key, or the digest of one that was destroyed. */
type Line = z.infer<typeof line>;

export const holdsKeys = (directory: string): boolean => existsSync(environmentFile(directory));

/** All keys of a directory as lines of JSON, and the digests of destroyed ones. A server may continue to write to the directory. */
export const writtenKeys = async (directory: string): Promise<Buffer> => {
  const { root, keys, destroyed, slots } = openTables(directory, 'read');
  try {
    const lines: Line[] = [];
    for (const { key: userId, value } of keys.getRange()) {
      const secret = slots.read(value.slot);
      if (secret !== null) lines.push({ userId, wrapped: unbox(secret, value.box).toString('base64') });
    }
    for (const { key: digest, value: userId } of destroyed.getRange()) lines.push({ userId, destroyed: digest });
    return Buffer.from(lines.map((each) => `${JSON.stringify(each)}\n`).join(''));
  } finally {
    await closeEnvironment(root);
    slots.close();
  }
};

const linesOf = (written: Buffer): ReadonlyArray<Line> =>
  written
    .toString('utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => line.parse(JSON.parse(text)));

/** Creates the keys of a directory from lines of JSON, without those destroyed according to any of `others`. Answers the users of these. */
export const restoreKeys = async (
  directory: string,
  written: Buffer,
  others: ReadonlyArray<Buffer>,
): Promise<ReadonlyArray<string>> => {
  const lines = linesOf(written);
  const gone = new Map(
    [written, ...others]
      .flatMap(linesOf)
      .flatMap((each) => ('destroyed' in each ? [[each.destroyed, each.userId] as const] : [])),
  );
  const tables = openTables(directory, 'write');
  const dropped: string[] = [];
  try {
    await tables.root.transaction(() => {
      for (const each of lines) {
        if ('destroyed' in each) continue;
        const wrapped = Buffer.from(each.wrapped, 'base64');
        if (gone.has(digestOf(wrapped))) dropped.push(each.userId);
        else putKey(tables, each.userId, wrapped);
      }
      for (const [digest, userId] of gone) tables.destroyed.putSync(digest, userId);
    });
    await tables.root.flushed;
  } finally {
    await closeEnvironment(tables.root);
    tables.slots.close();
  }
  return dropped;
};
