/** The middle one; of an even count the upper of the two. */
export const median = (values: ReadonlyArray<number>): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

/** The value that `percent` of all do not exceed. */
export const percentile = (values: ReadonlyArray<number>, percent: number): number =>
  [...values].sort((one, other) => one - other)[Math.max(0, Math.ceil((values.length * percent) / 100) - 1)] ?? NaN;

export const count = (value: number): string => Math.round(value).toLocaleString('en-US');
export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : count(value)} ms`;
export const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(2)} s`;
export const megabytes = (bytes: number): string => `${count(bytes / 1e6)} MB`;
export const ratio = (value: number): string => value.toFixed(2);
