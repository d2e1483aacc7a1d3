import { either as E } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { BEGINNING } from '../../../application/ports/event-store.js';
import { type ReadModels } from '../../../application/ports/read-models.js';
import { commitDurably } from '../environment/index.js';
import { registered } from './registration.js';
import { keyOf, type Tables } from './tables.js';
import { type Watchers } from './watchers.js';
import { encodeWrites, writeDocument } from './write-documents.js';

/**
 * Documents, entries and checkpoint in one transaction. Nobody waits for the disk: LMDB makes transactions durable in the
 * order of their commits, all of one or nothing. So a crash leaves documents and checkpoint of the same moment; and
 * since an event is handed to a projection only when it is on disk itself, no checkpoint that survives is ahead of the events.
 */
export const writer =
  (root: RootDatabase<unknown>, tables: Tables, watchers: Watchers): ReadModels['write'] =>
  (build, writes, { from, to }) =>
  async () => {
    const encoded = encodeWrites(writes);
    try {
      const written = await commitDurably(root, () => {
        // Before anything is written, even a registration: a writer that was late leaves no trace.
        if ((tables.builds.get(keyOf(build))?.checkpoint ?? BEGINNING) !== from) return false;
        const { id } = registered(tables, build);
        for (const write of encoded) writeDocument(tables, id, write);
        tables.builds.putSync(keyOf(build), { id, checkpoint: to });
        return true;
      }).committed;
      if (!written) return E.left('CheckpointMoved');
    } catch {
      return E.left('ReadModelsUnavailable');
    }
    watchers.changed(build.view, new Set(encoded.map(({ id }) => id)));
    return E.right(undefined);
  };
