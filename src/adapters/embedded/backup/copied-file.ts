import { createHash } from 'node:crypto';
import { chmodSync, closeSync, copyFileSync, fsyncSync, openSync, readSync } from 'node:fs';
import { closeEnvironment, openReadOnly } from '../environment/index.js';

/** What a manifest says of a file. */
export interface Sum {
  readonly sha256: string;
  readonly bytes: number;
}

const PIECE = 1_048_576;

/** Reads a file of any size piece by piece. Throws as the file system does. */
export const sumOf = (file: string): Sum => {
  const [fd, piece, hash] = [openSync(file, 'r'), Buffer.allocUnsafe(PIECE), createHash('sha256')];
  try {
    let bytes = 0;
    for (let read = readSync(fd, piece); read > 0; read = readSync(fd, piece)) {
      hash.update(piece.subarray(0, read));
      bytes += read;
    }
    return { sha256: hash.digest('hex'), bytes };
  } finally {
    closeSync(fd);
  }
};

const flush = (file: string): void => {
  chmodSync(file, 0o600);
  const fd = openSync(file, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};

/** LMDB's own copy of an environment without its empty pages, as of one moment, while others write to it. */
export const copyCompacted = async (dataDirectory: string, file: string): Promise<Sum> => {
  const root = openReadOnly(dataDirectory);
  try {
    await root.backup(file, true);
  } finally {
    await closeEnvironment(root);
  }
  flush(file);
  return sumOf(file);
};

/** A copy for its owner's eyes of a file of any size, on disk when this returns; what it holds. Throws as the file system does. */
export const copyDurably = (from: string, to: string): Sum => {
  copyFileSync(from, to);
  flush(to);
  return sumOf(to);
};
