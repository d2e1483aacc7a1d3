import { openSync, fsyncSync, closeSync } from 'node:fs';
import { writeAll } from '../environment/index.js';

/** A file of its own for its owner's eyes, on disk when this returns. Throws as the file system does. */

export const writeDurably = (file: string, content: Uint8Array): void => {
  const fd = openSync(file, 'w', 0o600);
  try {
    writeAll(fd, content);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};
