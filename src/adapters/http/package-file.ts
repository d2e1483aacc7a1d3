import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { dirname, join } from 'node:path';

const rootAbove = (directory: string): string =>
  existsSync(join(directory, 'package.json')) || dirname(directory) === directory
    ? directory
    : rootAbove(dirname(directory));

const root = rootAbove(import.meta.dirname);

/** A file or folder of this package by its path from the package's root, wherever the bundler has put the code that asks. */
export const packageFile = (path: string): URL => pathToFileURL(join(root, path));
