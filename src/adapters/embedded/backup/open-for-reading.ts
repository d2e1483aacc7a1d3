import { type RootDatabase, type Transaction } from 'lmdb';
import { closeEnvironment, openReadOnly } from '../environment/index.js';

/** A data directory as it is at one moment, whoever writes to it meanwhile. */
export interface Moment<Tables> {
  readonly tables: Tables;
  /** To be given to every read. */
  readonly transaction: Transaction;
  readonly close: () => Promise<void>;
}

/**
 * What was read stays in the file until `close`, whoever replaces it meanwhile.
 * `openTables` opens all that will be read: none can be opened once the moment is held.
 */
export const openForReading = <Tables>(
  directory: string,
  openTables: (root: RootDatabase<unknown>) => Tables,
): Moment<Tables> => {
  const root = openReadOnly(directory);
  const tables = openTables(root);
  const transaction = root.useReadTransaction();
  return {
    tables,
    transaction,
    close: async () => {
      transaction.done();
      await closeEnvironment(root);
    },
  };
};
