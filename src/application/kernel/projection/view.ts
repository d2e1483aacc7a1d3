import { type z } from 'zod';
import { type RecordedEvent } from '../../ports/event-store.js';
import { type IndexEntry } from '../../ports/read-models.js';

/** A read model as a keyed fold with a version: events lead to documents, documents to index entries. Pure. */
export interface View<Doc extends object> {
  readonly name: string;
  /** Raise it when `fold`, `entries` or the schema change: the view is then built anew. */
  readonly version: number;
  /** Reads what is stored. */
  readonly schema: z.ZodType<Doc>;
  /** What is stored of a document, where there are so many that something leaner pays. By default the document itself. */
  readonly stored?: (document: Doc) => object;
  /** Only events of streams whose id begins with one of these. */
  readonly streamPrefixes: ReadonlyArray<string>;
  readonly documentIds: (event: RecordedEvent) => ReadonlyArray<string>;
  /** True where no document of this id can stand before the event: it is not looked up, which is what makes a rebuild fast. */
  readonly creates?: (event: RecordedEvent, id: string) => boolean;
  /** Null: there is no such document (any more). */
  readonly fold: (document: Doc | null, event: RecordedEvent, id: string) => Doc | null;
  readonly entries: (document: Doc, id: string) => ReadonlyArray<IndexEntry>;
}
