import { z } from 'zod';

/** Where the next page begins: after this entry, whether it is still there or not. */
const Place = z.tuple([z.number(), z.string()]);
export type Place = z.infer<typeof Place>;

/** Safe in a URL. */
export const encodeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Null for what was never a cursor. */
export const decodeCursor = (cursor: string): Place | null => {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
};
