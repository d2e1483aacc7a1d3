import { writeSync } from 'node:fs';

/** All of it, from `position` on in the file: a write can end before that without an error, as on a disk that fills up. */
export const writeAll = (fd: number, content: Uint8Array, position = 0): void => {
  for (let written = 0; written < content.length;)
    written += writeSync(fd, content, written, content.length - written, position + written);
};
