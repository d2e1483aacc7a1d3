/** Anything's place among others of its kind: negative before, positive after. */
export type Compare<A> = (one: A, other: A) => number;

/** In the order of UTF-16 code units, which is nearly that of the store. */
export const compareTexts: Compare<string> = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/**
 * Runs, each in order, as one. Lazily: a large number of things is put in order bit by bit, without ever holding up
 * whoever else wants to run.
 */
export function* merged<A>(runs: ReadonlyArray<Iterable<A>>, compare: Compare<A>): Generator<A, void> {
  const [first, second] = runs;
  if (first === undefined) return;
  if (second === undefined) return yield* first;
  const half = Math.ceil(runs.length / 2);
  const [left, right] = [merged(runs.slice(0, half), compare), merged(runs.slice(half), compare)];
  let [one, other] = [left.next(), right.next()];
  while (one.done !== true || other.done !== true)
    if (other.done === true || (one.done !== true && compare(one.value, other.value) <= 0)) {
      if (one.done !== true) yield one.value;
      one = left.next();
    } else {
      yield other.value;
      other = right.next();
    }
}
