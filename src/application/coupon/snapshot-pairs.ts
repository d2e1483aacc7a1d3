import { z } from 'zod';

/** A piece is encoded, and decoded, in a millisecond or two. */
const PAIRS = 4_096;

/** The entries of a large map in pieces, each two lists of one length: half the size of a list of pairs. */
export function* pairsOf<V>(
  entries: Iterable<readonly [string, V]>,
  wanted: (value: V) => boolean = () => true,
): Generator<{ keys: ReadonlyArray<string>; values: ReadonlyArray<V> }> {
  let keys: string[] = [];
  let values: V[] = [];
  for (const [key, value] of entries) {
    if (!wanted(value)) continue;
    keys.push(key);
    values.push(value);
    if (keys.length < PAIRS) continue;
    yield { keys, values };
    keys = [];
    values = [];
  }
  if (keys.length > 0) yield { keys, values };
}

const decoding = <V>(value: z.ZodType<V>) => {
  const piece = z.object({ keys: z.array(z.string()), values: z.array(value) });
  return (encoded: unknown, take: (key: string, value: V) => void): void => {
    const { keys, values } = piece.parse(encoded);
    keys.forEach((key, i) => {
      const found = values[i];
      if (found === undefined) throw new Error('A key of the snapshot has no value');
      take(key, found);
    });
  };
};

/** What `pairsOf` made of texts; throws where it is anything else. */
export const textPairs = decoding(z.string());
export const numberPairs = decoding(z.number());
