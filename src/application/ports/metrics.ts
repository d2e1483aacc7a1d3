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
/** Labels that are frozen belong to one metric alone, and are looked up once. */
export interface Metrics {
  readonly count: (name: string, labels?: Readonly<Record<string, string>>, by?: number) => void;
  readonly gauge: (name: string, value: number, labels?: Readonly<Record<string, string>>) => void;
  /** Seconds. `traceparent`, if it is sampled, is kept as an example of what took so long. */
  readonly observe: (
    name: string,
    seconds: number,
    labels?: Readonly<Record<string, string>>,
    traceparent?: string,
  ) => void;
}
