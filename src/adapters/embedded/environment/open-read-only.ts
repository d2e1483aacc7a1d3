import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { PRIVATE_LMDB } from './private-modes.js';

const environmentFile = (directory: string): string => join(directory, 'doorbuster.mdb');

export const holdsData = (directory: string): boolean => existsSync(environmentFile(directory));

/** Takes no lock and writes nothing: LMDB lets other processes read beside the one that writes. */
export const openReadOnly = (directory: string): RootDatabase<unknown> =>
  open<unknown>({ path: environmentFile(directory), noSubdir: true, maxDbs: 64, readOnly: true, ...PRIVATE_LMDB });
