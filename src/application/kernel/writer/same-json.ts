const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const own = (of: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(of, key) ? of[key] : undefined;

/**
 * Equal as JSON: the order of keys does not matter, and an absent key is as one that is undefined. Compares what is nested
 * however deep: what is left to compare is kept in a list, not on the stack.
 */
export const sameJson = (first: unknown, second: unknown): boolean => {
  const left: (readonly [unknown, unknown])[] = [[first, second]];
  for (let pair = left.pop(); pair !== undefined; pair = left.pop()) {
    const [one, other] = pair;
    if (Object.is(one, other)) continue;
    if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
      left.push([own(one, key), own(other, key)]);
  }
  return true;
};
