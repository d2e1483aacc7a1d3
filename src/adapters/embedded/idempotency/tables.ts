import { createHash } from 'node:crypto';
import { type Database, type RootDatabase } from 'lmdb';
import { type StoredResponse } from '../../../application/ports/idempotency.js';

export interface StoredKey {
  readonly fingerprint: string;
  /** Epoch milliseconds. */
  readonly begunAt: number;
  readonly response: StoredResponse | null;
}

export interface Tables {
  readonly keys: Database<StoredKey, string>;
  /** In order of age, for the sweep. */
  readonly ages: Database<string, [begunAt: number, key: string]>;
}

export const openTables = (root: RootDatabase<unknown>): Tables => ({
  keys: root.openDB('idempotency-keys', { encoding: 'json' }),
  ages: root.openDB('idempotency-ages', { encoding: 'string' }),
});

/** A key comes from outside and may be of any length; LMDB's may not. */
export const storedKey = (key: string): string => createHash('sha256').update(key).digest('base64url');
