/** Labels that are frozen belong to one metric alone, and are looked up once. */
export interface Metrics {
  readonly count: (name: string, labels?: Readonly<Record<string, string>>, by?: number) => void;
  readonly gauge: (name: string, value: number, labels?: Readonly<Record<string, string>>) => void;
  /** Seconds. */
  readonly observe: (name: string, seconds: number, labels?: Readonly<Record<string, string>>) => void;
}
