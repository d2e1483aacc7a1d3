import { type Database, open, type RootDatabase } from 'lmdb';
import { join } from 'node:path';
import { PRIVATE_LMDB } from '../environment/index.js';
import { type Slots, openSlots } from './slots.js';

/** A user's wrapped key, encrypted with the secret in the slot. */
export interface Row {
  readonly slot: number;
  readonly box: Buffer;
}

export interface Tables {
  readonly root: RootDatabase<unknown>;
  readonly keys: Database<Row, string>;
  /** By the digest of a key that was destroyed: whose it was. */
  readonly destroyed: Database<string, string>;
  /** `next`: the first slot that was never used. */
  readonly counters: Database<number, string>;
  readonly slots: Slots;
}

export const environmentFile = (directory: string): string => join(directory, 'personal-keys.mdb');
const slotsFile = (directory: string): string => join(directory, 'personal-keys.slots');

/** Address space, not disk. */
const MAP_SIZE = 64 * 2 ** 30;

export const openTables = (directory: string, mode: 'read' | 'write'): Tables => {
  const path = environmentFile(directory);
  const options = { path, noSubdir: true, maxDbs: 4, mapSize: MAP_SIZE, eventTurnBatching: false, ...PRIVATE_LMDB };
  const root = open<unknown>({ ...options, readOnly: mode === 'read' });
  return {
    root,
    keys: root.openDB<Row, string>('keys', { encoding: 'msgpack' }),
    destroyed: root.openDB<string, string>('destroyed', { encoding: 'string' }),
    counters: root.openDB<number, string>('counters', { encoding: 'msgpack' }),
    slots: openSlots(slotsFile(directory), mode),
  };
};
