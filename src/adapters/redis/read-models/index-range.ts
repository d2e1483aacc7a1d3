import { type Query } from '../../../application/ports/read-models.js';
import { type Range } from './page.js';
import { SORT_LENGTH, sortable } from './sortable.js';

/** A cursor is the last entry seen, so nothing is skipped or repeated by changes between pages. */
export const cursorOf = (entry: string): string => Buffer.from(entry).toString('base64url');

/** Null for a cursor that was never given. */
const entryOf = (cursor: string): string | null => {
  const entry = Buffer.from(cursor, 'base64url').toString();
  return /^[0-9a-f]{16}:/.test(entry) && cursorOf(entry) === cursor ? entry : null;
};

/** Entries of one key in order of sort, then id. Null for a cursor that was never given. */
export const indexRange = ({ limit, cursor, order = 'ascending', from, to }: Query): Range | null => {
  const last = cursor === undefined ? undefined : entryOf(cursor);
  if (last === null) return null;
  const seen = last === undefined ? undefined : `(${last}`;
  const lowest = from === undefined ? '-' : `[${sortable(from)}`;
  // ';' follows ':', so this bound is behind every entry of that sort.
  const highest = to === undefined ? '+' : `(${sortable(to)};`;
  return order === 'ascending'
    ? { command: 'ZRANGEBYLEX', bounds: [seen ?? lowest, highest], limit, skip: SORT_LENGTH }
    : { command: 'ZREVRANGEBYLEX', bounds: [seen ?? highest, lowest], limit, skip: SORT_LENGTH };
};
