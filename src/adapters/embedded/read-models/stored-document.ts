import { type Document, type IndexEntry } from '../../../application/ports/read-models.js';

/**
 * A document as it is stored: its index entries as JSON, a line break, itself as JSON. Whether the entries of a new
 * version are the same is then one comparison of strings, and nothing of the old document need be parsed.
 */
export const encodeDocument = (entries: ReadonlyArray<IndexEntry>, document: Document): string =>
  `${JSON.stringify(entries.map(({ index, key, sort }) => [index, key, sort]))}\n${JSON.stringify(document)}`;

export type StoredEntry = readonly [index: string, key: string, sort: number];

export const entriesPart = (stored: string): string => stored.slice(0, stored.indexOf('\n'));

export const entriesOf = (stored: string | undefined): ReadonlyArray<StoredEntry> =>
  stored === undefined ? [] : JSON.parse(entriesPart(stored));

export const documentOf = (stored: string): unknown => JSON.parse(stored.slice(stored.indexOf('\n') + 1));
