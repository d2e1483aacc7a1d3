export interface Metrics {
  readonly count: (name: string, labels?: Readonly<Record<string, string>>, by?: number) => void;
  readonly gauge: (name: string, value: number, labels?: Readonly<Record<string, string>>) => void;
  /** Seconds. */
  readonly observe: (name: string, seconds: number, labels?: Readonly<Record<string, string>>) => void;
}
