interface Value {
  readonly value: number;
  readonly labels: Readonly<Partial<Record<string, string | number>>>;
  /** Of histograms: which of its figures it is. */
  readonly metricName?: string;
}

/** A metric with all that was measured of it. Histograms are as Prometheus has them: buckets count what is below them too. */
export interface Family {
  readonly name: string;
  readonly help: string;
  /** `counter`, `gauge` or `histogram`. */
  readonly kind: string;
  readonly values: ReadonlyArray<Value>;
}
