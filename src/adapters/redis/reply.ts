/** A reply of our own script, read as what the script promises; anything else is a bug. */
export const items = (reply: unknown): ReadonlyArray<unknown> => {
  if (!Array.isArray(reply)) throw new Error(`Expected a list from Redis, got ${typeof reply}`);
  return reply;
};

/** A string, or a number as Redis writes it; null for none. */
export const textOrNull = (reply: unknown): string | null => {
  if (reply === null || reply === undefined) return null;
  if (typeof reply === 'string') return reply;
  if (typeof reply === 'number') return String(reply);
  throw new Error(`Expected a text from Redis, got ${typeof reply}`);
};

export const text = (reply: unknown): string => {
  const value = textOrNull(reply);
  if (value === null) throw new Error('Expected a text from Redis, got none');
  return value;
};

export const texts = (reply: unknown): ReadonlyArray<string> => items(reply).map(text);
