import { type option as O, type taskEither as TE } from 'fp-ts';
import { type Position } from './event-store.js';

/** JSON. */
export type Document = object;

/** A build of a view: several stand side by side while one is being rebuilt, one is live. */
export interface Build {
  readonly view: string;
  /** Of the fold that wrote it: another version's documents are never served. */
  readonly version: number;
  /** Grows with every rebuild. */
  readonly build: number;
}

export interface IndexEntry {
  readonly index: string;
  /** Equality part: entries are asked for by this. */
  readonly key: string;
  /** Order within the key, ascending. */
  readonly sort: number;
}

export interface DocumentWrite {
  readonly id: string;
  /** Null deletes. */
  readonly document: Document | null;
  /** All of the document's index entries; those of before are replaced. */
  readonly entries: ReadonlyArray<IndexEntry>;
  /** Those of before, where the writer has read the document that it replaces: then the store need not. */
  readonly replaced?: ReadonlyArray<IndexEntry> | undefined;
}

export interface Query {
  readonly index: string;
  readonly key: string;
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly order?: 'ascending' | 'descending';
  /** Only entries whose sort is at least / at most this. */
  readonly from?: number;
  readonly to?: number;
}

/** Some of the ids that begin with a prefix, in order. */
export interface IdRange {
  readonly prefix: string;
  /** Only ids that come after this one. The prefix itself begins with the first. */
  readonly after: string;
  /** At most 500. */
  readonly limit: number;
}

export interface Page {
  readonly items: ReadonlyArray<{ readonly id: string; readonly document: unknown }>;
  readonly nextCursor: string | null;
}

export interface Served {
  readonly build: Build;
  readonly checkpoint: Position;
  /** In the order of the ids asked for. */
  readonly documents: ReadonlyArray<O.Option<unknown>>;
}

export interface ServedPage extends Page {
  readonly build: Build;
}

export type ReadModelsError = 'ReadModelsUnavailable';

/** Documents folded from events. Always derivable: losing it costs a rebuild, nothing else. */
export interface ReadModels {
  /**
   * These documents of the build that is live, and how far it has come; none while no build is. All of one build: a document
   * that is missing is missing in what is served, and not in a build that was dropped meanwhile.
   */
  readonly served: (view: string, ids: ReadonlyArray<string>) => TE.TaskEither<ReadModelsError, O.Option<Served>>;
  /** The same of the documents with these ids, in order of id. No other document is read. */
  readonly scanServed: (view: string, range: IdRange) => TE.TaskEither<ReadModelsError, O.Option<ServedPage>>;
  /** The same of an index, in the order of its entries. 'InvalidCursor' for what never was a `nextCursor` of this store. */
  readonly queryServed: (
    view: string,
    query: Query,
  ) => TE.TaskEither<ReadModelsError | 'InvalidCursor', O.Option<ServedPage>>;
  /** In the order of `ids`. */
  readonly getMany: (
    build: Build,
    ids: ReadonlyArray<string>,
  ) => TE.TaskEither<ReadModelsError, ReadonlyArray<O.Option<unknown>>>;
  /** Every document in order of id, after `afterId`: for comparing builds. */
  readonly scan: (build: Build, afterId: string | null, limit: number) => TE.TaskEither<ReadModelsError, Page>;
  /**
   * Documents, indexes and checkpoint in one atomic step, only if the build's checkpoint is still `from`;
   * 'CheckpointMoved' when another writer was faster: nothing was written.
   */
  readonly write: (
    build: Build,
    writes: ReadonlyArray<DocumentWrite>,
    checkpoint: { readonly from: Position; readonly to: Position },
  ) => TE.TaskEither<ReadModelsError | 'CheckpointMoved', void>;
  /**
   * The same for a build that is not live yet, and that is dropped where this fails: in steps and in an order that suit the
   * store, the checkpoint last. For many documents at once, each written once; `writes` is consumed piece by piece.
   */
  readonly fill: (
    build: Build,
    writes: Iterable<DocumentWrite>,
    checkpoint: { readonly from: Position; readonly to: Position },
  ) => TE.TaskEither<ReadModelsError | 'CheckpointMoved', void>;
  /** BEGINNING for a build nothing was written to. */
  readonly checkpoint: (build: Build) => TE.TaskEither<ReadModelsError, Position>;
  /** All builds of a view and which is live. */
  readonly builds: (
    view: string,
  ) => TE.TaskEither<ReadModelsError, { readonly live: O.Option<Build>; readonly all: ReadonlyArray<Build> }>;
  /** Readers see this build from now on. */
  readonly flip: (build: Build) => TE.TaskEither<ReadModelsError, void>;
  /** Documents, indexes, checkpoint and the build's registration. */
  readonly drop: (build: Build) => TE.TaskEither<ReadModelsError, void>;
  /** Called after a write to the document became visible, wherever it was written. May be called too often; may be late; returns how to stop. */
  readonly watch: (view: string, id: string, changed: () => void) => () => void;
}
