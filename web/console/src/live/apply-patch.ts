const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON merge patch (RFC 7396). What it does not touch stays the same object. */
export const applyPatch = (target: unknown, patch: unknown): unknown => {
  if (!isFields(patch)) return patch;
  const fields = new Map(Object.entries(isFields(target) ? target : {}));
  for (const [key, value] of Object.entries(patch))
    if (value === null) fields.delete(key);
    else fields.set(key, applyPatch(fields.get(key), value));
  return Object.fromEntries(fields);
};
