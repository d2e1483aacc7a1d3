import { either as E } from 'fp-ts';
import { readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type BackupFault, fault } from './fault.js';
import { writeDurably } from './write-durably.js';

/** Of the backup itself: it grows when an older Doorbuster could no longer restore what is written. */
export const BACKUP_FORMAT = 2;
/** Of a backup that an older one can restore as well. */
export const ROWS_FORMAT = 1;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().nonnegative();

/** Any name that a file can have, and no path: what is restored stays within its directory. */
const FileName = z
  .string()
  .refine((name) => !['', '.', '..'].includes(name) && !name.includes('\0') && basename(name) === name);

const Manifest = z.object({
  backupFormat: Count,
  /** Of the data directory it was taken from. */
  dataFormat: Count,
  doorbuster: z.string(),
  /** ISO-8601: everything recorded before it is in the backup. */
  takenAt: z.iso.datetime(),
  /** Position of the last event; -1 when there is none. */
  head: z.number().int().min(-1),
  databases: z.array(
    z.object({
      name: z.string(),
      rows: Count,
      /** In the order of their keys. */
      segments: z.array(z.object({ sha256: Sha256, rows: Count, bytes: Count })),
    }),
  ),
  /** What else lies in the data directory. */
  files: z.array(z.object({ name: FileName, sha256: Sha256, bytes: Count })),
  /** The keys of personal data, in a file of their own; null where there were none yet. */
  personalKeys: z.object({ sha256: Sha256, bytes: Count }).nullable().default(null),
  /** The whole environment in one file, in place of `databases`; null where it was copied by its rows. */
  environment: z.object({ sha256: Sha256, bytes: Count }).nullable().default(null),
});

/** What a backup consists of. Written last: a directory without it is no backup. */
export type Manifest = z.infer<typeof Manifest>;

const MANIFEST = 'manifest.json';

export const segmentFile = (backup: string, sha256: string): string => join(backup, 'segments', `${sha256}.rows`);

export const keptFile = (backup: string, name: string): string => join(backup, 'files', name);

export const environmentFile = (backup: string): string => join(backup, 'environment', 'doorbuster.mdb');

export const keysFile = (backup: string): string => join(backup, 'personal-keys.ndjson');

/** Throws when `readManifest` would not accept it: such a backup could never be restored. */
export const writeManifest = (backup: string, manifest: Manifest): void => {
  const file = join(backup, MANIFEST);
  writeDurably(`${file}.tmp`, Buffer.from(`${JSON.stringify(Manifest.parse(manifest), null, 2)}\n`));
  renameSync(`${file}.tmp`, file);
};

export const readManifest = (backup: string): E.Either<BackupFault, Manifest> => {
  let text: string;
  try {
    text = readFileSync(join(backup, MANIFEST), 'utf8');
  } catch {
    return fault('NOT_A_BACKUP', `${backup} holds no finished backup: there is no ${MANIFEST} in it`);
  }
  try {
    const manifest = Manifest.parse(JSON.parse(text));
    return manifest.backupFormat > BACKUP_FORMAT
      ? fault(
          'BACKUP_TOO_NEW',
          `${backup} was written by a newer Doorbuster (${manifest.doorbuster}): restore it with that`,
        )
      : E.right(manifest);
  } catch {
    return fault('BACKUP_DAMAGED', `${join(backup, MANIFEST)} is damaged`);
  }
};
