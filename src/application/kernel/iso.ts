const SLOTS = 1_024;
const times: number[] = Array.from({ length: SLOTS }, () => NaN);
const texts: string[] = Array.from({ length: SLOTS }, () => '');

/** A moment, epoch milliseconds, as ISO-8601 UTC. Of the latest moments the text is kept: one request shows its own a dozen times. */
export const iso = (at: number): string => {
  const slot = at % SLOTS;
  const known = times[slot] === at ? texts[slot] : undefined;
  if (known !== undefined) return known;
  const text = new Date(at).toISOString();
  // What is before 1970 or no whole number has no slot, and needs none.
  if (times[slot] !== undefined) {
    times[slot] = at;
    texts[slot] = text;
  }
  return text;
};

export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
