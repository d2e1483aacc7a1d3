import { type Database, type RootDatabase } from 'lmdb';

/** The snapshot of a stream: which generation of pieces makes it up. */
export interface CurrentSnapshot {
  readonly version: number;
  readonly revision: number;
  readonly generation: number;
  readonly pieces: number;
}

export interface SnapshotTables {
  readonly current: Database<CurrentSnapshot, string>;
  /** JSON, by stream, generation and index. Every save writes a generation of its own. */
  readonly pieces: Database<Buffer, [streamId: string, generation: number, index: number]>;
}

export const openTables = (root: RootDatabase<unknown>): SnapshotTables => ({
  current: root.openDB('snapshots', { encoding: 'json' }),
  pieces: root.openDB('snapshot-pieces', { encoding: 'binary' }),
});
