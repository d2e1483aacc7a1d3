import { BEGINNING } from '../../../application/ports/event-store.js';
import { type Build } from '../../../application/ports/read-models.js';
import { keyOf, type StoredBuild, type Tables } from './tables.js';

/** The build as stored, registered now if it was not. Only within a transaction. */
export const registered = (tables: Tables, build: Build): StoredBuild => {
  const stored = tables.builds.get(keyOf(build));
  if (stored !== undefined) return stored;
  const id = (tables.ids.get('last') ?? 0) + 1;
  tables.ids.putSync('last', id);
  const fresh = { id, checkpoint: BEGINNING };
  tables.builds.putSync(keyOf(build), fresh);
  return fresh;
};
