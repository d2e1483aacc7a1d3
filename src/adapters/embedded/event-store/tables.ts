import { type Database, type RootDatabase } from 'lmdb';
import { BEGINNING, type Position, type Revision } from '../../../application/ports/event-store.js';

/** What the event store keeps in LMDB. Records are whole appends, so that a batch of 500 events costs one write. */
export interface Tables {
  /** All appends, by the position of their last event. */
  readonly records: Database<Buffer, Position>;
  /** Stream and revision of an append's last event → position of that event. */
  readonly revisions: Database<Position, [streamId: string, lastRevision: Revision]>;
  /** Last revision of each stream, known also when its events were dropped. */
  readonly heads: Database<Revision, string>;
  /** Seconds the events of a stream are kept; absent when for ever. */
  readonly retention: Database<number, string>;
}

export const openTables = (root: RootDatabase<unknown>): Tables => ({
  records: root.openDB('event-records', { encoding: 'binary' }),
  revisions: root.openDB('event-revisions', { encoding: 'ordered-binary' }),
  heads: root.openDB('event-heads', { encoding: 'ordered-binary' }),
  retention: root.openDB('event-retention', { encoding: 'ordered-binary' }),
});

/** Of the last append on record; `BEGINNING` when there is none. */
export const lastPosition = ({ records }: Tables): Position => {
  const [last = BEGINNING] = records.getKeys({ reverse: true, limit: 1 });
  return last;
};
