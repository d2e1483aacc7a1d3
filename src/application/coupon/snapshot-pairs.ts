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
  return function* (encoded: unknown): Generator<[string, V]> {
    const { keys, values } = piece.parse(encoded);
    for (let i = 0; i < keys.length; i++) {
      const [key, found] = [keys[i], values[i]];
      if (key === undefined || found === undefined) throw new Error('A key of the snapshot has no value');
      yield [key, found];
    }
  };
};

export const textPairs = decoding(z.string());
export const numberPairs = decoding(z.number());
