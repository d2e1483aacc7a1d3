import { randomBytes } from 'node:crypto';
import { readSync, openSync, constants, fstatSync, fdatasyncSync, closeSync } from 'node:fs';
import { writeAll } from '../environment/index.js';

/** One for each key, and nothing else in the file: what is overwritten is gone. */
const SLOT_BYTES = 32;
/** Written and flushed at once, ahead of need. */
const MADE_AT_ONCE = 1024;
const DESTROYED = Buffer.alloc(SLOT_BYTES);
/** Secrets of a fixed size in a file, each overwritten in place when it is destroyed: LMDB leaves what it deletes in free pages. */
export interface Slots {
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
export const openSlots = (path: string, mode: 'read' | 'write'): Slots => {
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
