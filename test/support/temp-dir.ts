import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh empty directory under the system's temporary one. Whoever makes it removes it: see `tempDirs`. */
const makeTempDir = (): string => mkdtempSync(join(tmpdir(), 'doorbuster-'));

const removeTempDir = (directory: string): void => rmSync(directory, { recursive: true, force: true });

/** For a test file: `const newDir = tempDirs()` at its top, then a fresh directory at each call; all are removed at the end. */
export const tempDirs = (): (() => string) => {
  const made: string[] = [];
  afterAll(() => made.forEach(removeTempDir));
  return () => {
    const directory = makeTempDir();
    made.push(directory);
    return directory;
  };
};
