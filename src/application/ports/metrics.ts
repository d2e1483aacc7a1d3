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
