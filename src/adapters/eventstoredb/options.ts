/** All but the connection string have defaults. */
export interface EventStoreDbOptions {
  /** `esdb://…`, with `?tls=false` for an insecure server; see connection-string.ts. */
  readonly connectionString: string;
  /** Stands before every stream. Default none. */
  readonly namespace?: string;
  /** After this long a call's outcome counts as unknown. Default 5 s. */
  readonly timeoutMs?: number;
  /** Bytes of appends not yet answered; more are refused. Default 64 MiB. */
  readonly maxInFlightBytes?: number;
  /** Between tries of a subscription that dropped or whose handler rejected. Default 100 ms, doubling up to 5 s. */
  readonly backOff?: { readonly firstMs: number; readonly maxMs: number };
  /** How often to look whether quiet subscriptions have come to the end: one small read for all of them. Default 250 ms. */
  readonly lookEveryMs?: number;
  /** Told what operators should know: that the server cannot be reached, that it is there again, dropped subscriptions. */
  readonly onNews?: (news: News) => void;
}

export interface News {
  readonly level: 'info' | 'warn';
  readonly what: string;
  readonly error?: unknown;
  /** How often since it was told last; absent: once. */
  readonly times?: number;
}

export const defaultOptions = {
  namespace: '',
  timeoutMs: 5_000,
  maxInFlightBytes: 64 * 2 ** 20,
  backOff: { firstMs: 100, maxMs: 5_000 },
  lookEveryMs: 250,
  onNews: () => undefined,
} satisfies Omit<Required<EventStoreDbOptions>, 'connectionString'>;
