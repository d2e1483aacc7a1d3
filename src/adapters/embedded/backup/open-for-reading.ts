import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase, type Transaction } from 'lmdb';

/** A data directory as it is at one moment, whoever writes to it meanwhile. */
export interface Moment<Tables> {
  readonly tables: Tables;
  /** To be given to every read. */
  readonly transaction: Transaction;
  readonly close: () => Promise<void>;
}

const environmentFile = (directory: string): string => join(directory, 'doorbuster.mdb');

export const holdsData = (directory: string): boolean => existsSync(environmentFile(directory));

/**
 * Takes no lock: LMDB lets other processes read beside the one that writes. What was read stays in the file until `close`.
 * `openTables` opens all that will be read: none can be opened once the moment is held.
 */
export const openForReading = <Tables>(
  directory: string,
  openTables: (root: RootDatabase<unknown>) => Tables,
): Moment<Tables> => {
  const root = open<unknown>({ path: environmentFile(directory), noSubdir: true, maxDbs: 64, readOnly: true });
  const tables = openTables(root);
  const transaction = root.useReadTransaction();
  return {
    tables,
    transaction,
    close: async () => {
      transaction.done();
      await root.close();
    },
  };
};
