const sorted = (values: ReadonlyArray<number>): ReadonlyArray<number> => [...values].sort((one, other) => one - other);

/** The middle one, or the middle between the two; NaN of nothing. */
export const median = (values: ReadonlyArray<number>): number => {
  const all = sorted(values);
  const [low, high] = [all[Math.ceil(all.length / 2) - 1], all[Math.floor(all.length / 2)]];
  return low === undefined || high === undefined ? NaN : (low + high) / 2;
};

/** NaN of nothing. */
export const mean = (values: ReadonlyArray<number>): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The least value that so many percent of all do not exceed; NaN of nothing. */
export const percentile = (values: ReadonlyArray<number>, percent: number): number =>
  sorted(values)[Math.max(0, Math.ceil((values.length * percent) / 100) - 1)] ?? NaN;

/** From the least to the most of the rounds, in brackets, to stand beside their middle; nothing where there was one only. */
export const spread = (values: ReadonlyArray<number>, show: (value: number) => string): string => {
  const all = sorted(values);
  const [least, most] = [all[0] ?? NaN, all.at(-1) ?? NaN];
  return all.length < 2 ? '' : ` (${show(least)}–${show(most)})`;
};

export const count = (value: number): string => Math.round(value).toLocaleString('en-US');
export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : count(value)} ms`;
export const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(2)} s`;
export const megabytes = (bytes: number): string => `${count(bytes / 1e6)} MB`;
export const ratio = (value: number): string => value.toFixed(2);
