import { type RootDatabase } from 'lmdb';
import { type Position } from '../../../application/ports/event-store.js';
import { type Build } from '../../../application/ports/read-models.js';
import { keyOf, openTables } from './tables.js';

/** How far a build has come in an environment that another process writes; undefined when nothing was written to it. */
export const storedCheckpoint = (root: RootDatabase<unknown>, build: Build): Position | undefined =>
  openTables(root).builds.get(keyOf(build))?.checkpoint;
