import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DIRECTORY_MODE } from './private-modes.js';

/**
 * Makes a directory, and those above it, for this user alone; one that is there is left as it is. Throws where that is not
 * possible. Not by Node's own recursion: in a file system that takes no directories, as `/proc`, it never ends.
 */
export const makeDirectory = (path: string): void => {
  const missing: string[] = [];
  for (let above = resolve(path); !existsSync(above); above = dirname(above)) missing.unshift(above);
  for (const each of missing)
    try {
      mkdirSync(each, { mode: DIRECTORY_MODE });
    } catch (error) {
      // Another process has made it meanwhile.
      if (!existsSync(each)) throw error;
    }
  if (!statSync(path).isDirectory()) throw new Error(`ENOTDIR: ${path} is not a directory`);
};
