import { type RootDatabase, type Transaction } from 'lmdb';
import { HANDED_OVER } from '../../../application/kernel/projection/builds.js';
import { type Tables as EventTables } from '../event-store/tables.js';
import { documentOf, entriesOf } from '../read-models/stored-document.js';
import { openTables as openViewTables } from '../read-models/tables.js';
import { openTables as openSnapshotTables } from '../snapshots/tables.js';
import { type DataCheck, checking, thrown } from './data-check.js';

export const openDerivedTables = (root: RootDatabase<unknown>) => ({
  views: openViewTables(root),
  snapshots: openSnapshotTables(root),
});
type Derived = ReturnType<typeof openDerivedTables>;
/** What can be derived from the events again, and is read as it stands until then. */
export const checkDerived = (
  { views, snapshots }: Derived,
  events: EventTables | null,
  transaction: Transaction,
): ReadonlyArray<DataCheck> => {
  const behind = checking('no view is ahead of the events');
  const [head = -1] = events?.records.getKeys({ reverse: true, limit: 1, transaction }) ?? [];
  const builds = new Set<number>();
  for (const { key, value } of views.builds.getRange({ transaction })) {
    const [view, version, build] = key;
    const live = views.live.get(view, { transaction });
    if (live?.version === version && live.build === build) builds.add(value.id);
    const isBehind = events === null || value.checkpoint <= head || value.checkpoint === HANDED_OVER;
    behind.look(isBehind ? null : `${key.join('/')} at ${value.checkpoint}, the events end at ${head}`);
  }

  const documents = checking('every document of a view can be read, and is found by its index entries');
  let listed = 0;
  for (const { key, value } of views.documents.getRange({ transaction })) {
    const [build, id] = key;
    // Of a build that nobody reads, documents are written before their entries, and removed after them.
    if (!builds.has(build)) continue;
    const fault = thrown(() => {
      documentOf(value);
      for (const entry of entriesOf(value)) {
        listed += 1;
        if (views.entries.get([build, ...entry, id], { transaction }) === undefined) throw new Error(entry.join('/'));
      }
    });
    documents.look(fault === null ? null : `${id}: ${fault}`);
  }
  const entries = checking('every index entry of a view belongs to a document');
  let stored = 0;
  for (const [build] of views.entries.getKeys({ transaction })) if (builds.has(build)) stored += 1;
  entries.look(stored === listed ? null : `${stored} entries are stored, ${listed} belong to documents`);

  const whole = checking('every snapshot is whole, and not ahead of its stream');
  for (const { key: streamId, value } of snapshots.current.getRange({ transaction })) {
    const fault = thrown(() => {
      for (let piece = 0; piece < value.pieces; piece += 1) {
        const bytes = snapshots.pieces.get([streamId, value.generation, piece], { transaction });
        if (bytes === undefined) throw new Error(`piece ${piece} is missing`);
        JSON.parse(bytes.toString());
      }
      if (events !== null && value.revision > (events.heads.get(streamId, { transaction }) ?? -1))
        throw new Error(`it is of revision ${value.revision}`);
    });
    whole.look(fault === null ? null : `${streamId}: ${fault}`);
  }
  return [behind.done(), documents.done(), entries.done(), whole.done()];
};
