import { type Database, open, type RootDatabase } from 'lmdb';
import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';
import { closeSync, constants, fdatasyncSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { PRIVATE_LMDB, writeAll } from '../environment/index.js';

const IV_BYTES = 16;

/** A wrapped key, for its slot alone. */
export const box = (secret: Buffer, wrapped: Uint8Array): Buffer => {
  const iv = randomBytes(IV_BYTES);
  return Buffer.concat([iv, createCipheriv('aes-256-ctr', secret, iv).update(wrapped)]);
};

export const unbox = (secret: Buffer, boxed: Buffer): Buffer =>
  createDecipheriv('aes-256-ctr', secret, boxed.subarray(0, IV_BYTES)).update(boxed.subarray(IV_BYTES));

/** What is kept of a destroyed key: it is recognized by this if a backup brings it back. */
export const digestOf = (wrapped: Uint8Array): string => hash('sha256', wrapped, 'base64url');

/** One for each key, and nothing else in the file: what is overwritten is gone. */
const SLOT_BYTES = 32;
/** Written and flushed at once, ahead of need. */
const MADE_AT_ONCE = 1_024;

const DESTROYED = Buffer.alloc(SLOT_BYTES);

/** Secrets of a fixed size in a file, each overwritten in place when it is destroyed: LMDB leaves what it deletes in free pages. */
interface Slots {
  /** Null: it was destroyed. */
  readonly read: (slot: number) => Buffer | null;
  /** From now on there is a secret in it. */
  readonly ensure: (slot: number) => void;
  readonly destroy: (slot: number) => void;
  readonly close: () => void;
}

const readAt = (fd: number, slot: number): Buffer | null => {
  const secret = Buffer.alloc(SLOT_BYTES);
  const read = readSync(fd, secret, 0, SLOT_BYTES, slot * SLOT_BYTES);
  return read < SLOT_BYTES || secret.equals(DESTROYED) ? null : secret;
};

const openSlots = (path: string, mode: 'read' | 'write'): Slots => {
  const fd = mode === 'read' ? openSync(path, 'r') : openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  let count = Math.floor(fstatSync(fd).size / SLOT_BYTES);
  const write = (content: Buffer, slot: number): void => {
    writeAll(fd, content, slot * SLOT_BYTES);
    fdatasyncSync(fd);
  };
  return {
    read: (slot) => readAt(fd, slot),
    ensure: (slot) => {
      while (slot >= count) {
        write(randomBytes(MADE_AT_ONCE * SLOT_BYTES), count);
        count += MADE_AT_ONCE;
      }
    },
    destroy: (slot) => write(DESTROYED, slot),
    close: () => closeSync(fd),
  };
};

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
