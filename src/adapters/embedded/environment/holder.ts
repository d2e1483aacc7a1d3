import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Holder = z.object({
  pid: z.number(),
  host: z.string(),
  /** ISO-8601: when the directory was opened. */
  since: z.string(),
  /** Where its holder listens, once it does. */
  url: z.string().nullable(),
});

/** Who says they have a data directory. Of another container `pid` and `url` mean something there alone. */
export type LockHolder = z.infer<typeof Holder>;

/** Written in place over as many bytes as were there before: that needs no room on a full disk. */
const TEXT_BYTES = 1_024;

export const lockFile = (directory: string): string => join(directory, 'lock');

/** Null: nobody any more. */
export const writeHolder = (fd: number, holder: LockHolder | null): void => {
  const text = holder === null ? '' : JSON.stringify(holder);
  writeSync(fd, `${text.padEnd(TEXT_BYTES - 1)}\n`, 0, 'utf8');
};

/** What the lock's file says, whether or not that process still lives; null where it says nothing. */
export const readHolder = (directory: string): LockHolder | null => {
  try {
    return Holder.parse(JSON.parse(readFileSync(lockFile(directory), 'utf8')));
  } catch {
    return null;
  }
};
