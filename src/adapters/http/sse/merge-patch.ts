type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What makes `before` into `after`, as a JSON merge patch (RFC 7396); null when nothing changed. Neither may contain null
 * or undefined: in a patch null says that a field is gone.
 */
export const mergePatch = (before: Fields, after: Fields): Fields | null => {
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(before)) if (!(key in after)) patch[key] = null;
  for (const [key, value] of Object.entries(after)) {
    const was = before[key];
    if (isFields(value) && isFields(was)) {
      const within = mergePatch(was, value);
      if (within !== null) patch[key] = within;
    } else if (was !== value && JSON.stringify(was) !== JSON.stringify(value)) patch[key] = value;
  }
  return Object.keys(patch).length === 0 ? null : patch;
};
