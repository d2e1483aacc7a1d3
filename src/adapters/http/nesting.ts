/** Whether a JSON value has at most so many objects and lists in one another; never looks deeper than that. */
export const isNestedWithin = (levels: number, value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((inner) => isNestedWithin(levels - 1, inner)));

/** The same value, with null in the place of what lies deeper. */
export const cutToNesting = (levels: number, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return null;
  const within = (inner: unknown): unknown => cutToNesting(levels - 1, inner);
  if (Array.isArray(value)) return value.map(within);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, within(inner)]));
};
