/** Everything, in slices of `size`, the last one smaller. Lazily: nobody ever holds more than one. */
export function* inSlices<A>(all: Iterable<A>, size: number): Generator<A[], void> {
  let slice: A[] = [];
  for (const one of all) {
    slice.push(one);
    if (slice.length < size) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}
