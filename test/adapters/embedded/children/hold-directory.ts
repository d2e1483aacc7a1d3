import { either as E } from 'fp-ts';
import { openDataDirectory } from '../../../../src/adapters/embedded/environment/index.js';

/** Tries to open a directory, says how that went, and keeps it open until it is killed. */
const [, , directory = '', url] = process.argv;
const opened = await openDataDirectory(directory)();
if (E.isRight(opened)) {
  if (url !== undefined) opened.right.announce(url);
  console.log('open');
  setInterval(() => undefined, 60_000);
} else console.log(JSON.stringify(opened.left));
