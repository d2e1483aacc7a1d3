import { type Database, type RootDatabase } from 'lmdb';
import { type Build } from '../../../application/ports/read-models.js';
import { type Position } from '../../../application/ports/event-store.js';

export type BuildKey = [view: string, version: number, build: number];

export interface StoredBuild {
  /** Names the build in the other tables. Never given twice: what a dropped build leaves behind is nobody's. */
  readonly id: number;
  readonly checkpoint: number;
}

export type EntryKey = [id: number, index: string, key: string, sort: number, documentId: string];

export interface Tables {
  readonly builds: Database<StoredBuild, BuildKey>;
  readonly live: Database<Omit<Build, 'view'>, string>;
  /** `last`: the id given last. */
  readonly ids: Database<number, string>;
  /** See stored-document.ts. */
  readonly documents: Database<string, [id: number, documentId: string]>;
  readonly entries: Database<string, EntryKey>;
  /** Builds that are gone for everyone, and whose documents are still being removed. */
  readonly dropped: Database<true, number>;
}

export const openTables = (root: RootDatabase<unknown>): Tables => ({
  builds: root.openDB('view-builds', { encoding: 'json' }),
  live: root.openDB('view-live', { encoding: 'json' }),
  ids: root.openDB('view-ids', { encoding: 'json' }),
  documents: root.openDB('view-documents', { encoding: 'string' }),
  entries: root.openDB('view-entries', { encoding: 'string' }),
  dropped: root.openDB('view-dropped', { encoding: 'json' }),
});

export const keyOf = ({ view, version, build }: Build): BuildKey => [view, version, build];

/** After every string, as the end of a range of keys. */
export const AFTER_ALL = new Uint8Array([255]);

/** How far a build has come in an environment that another process writes; undefined when nothing was written to it. */
export const storedCheckpoint = (root: RootDatabase<unknown>, build: Build): Position | undefined =>
  openTables(root).builds.get(keyOf(build))?.checkpoint;
