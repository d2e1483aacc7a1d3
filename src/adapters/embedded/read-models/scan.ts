import { type Page } from '../../../application/ports/read-models.js';
import { documentOf } from './stored-document.js';
import { AFTER_ALL, type Tables } from './tables.js';

/** One page of all documents, in order of id. Throws when LMDB does. */
export const scanPage = (tables: Tables, build: number, afterId: string | null, limit: number): Page => {
  if (limit < 1) return { items: [], nextCursor: null };
  const found = [
    ...tables.documents.getRange({
      start: afterId === null ? [build] : [build, afterId],
      exclusiveStart: afterId !== null,
      end: [build, AFTER_ALL],
      limit: limit + 1,
    }),
  ];
  const items = found.slice(0, limit).map(({ key, value }) => ({ id: key[1], document: documentOf(value) }));
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
};
