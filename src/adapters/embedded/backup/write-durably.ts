import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** A file of its own for its owner's eyes, on disk when this returns. Throws as the file system does. */
export const writeDurably = (file: string, content: Uint8Array): void => {
  const fd = openSync(file, 'w', 0o600);
  try {
    for (let written = 0; written < content.length;) written += writeSync(fd, content, written);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};
