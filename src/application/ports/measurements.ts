/** One number as it is counted now, under its labels. */
export interface Measurement {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What this process counts, to be looked at: of a histogram its cumulative buckets, with the label `le` in seconds. */
export interface Measurements {
  readonly read: (names: ReadonlyArray<string>) => Promise<ReadonlyArray<Measurement>>;
}
