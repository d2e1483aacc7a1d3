/** All but the connection string have defaults. */
export interface EventStoreDbOptions {
  /** `esdb://…`, with `?tls=false` for an insecure server. */
  readonly connectionString: string;
  /** After this long a call's outcome counts as unknown. Default 5 s. */
  readonly timeoutMs?: number;
  /** Bytes of appends not yet answered; more are refused. Default 64 MiB. */
  readonly maxInFlightBytes?: number;
  /** Between tries of a subscription that dropped or whose handler rejected. Default 100 ms, doubling up to 5 s. */
  readonly backOff?: { readonly firstMs: number; readonly maxMs: number };
  /** How often to look whether quiet subscriptions have come to the end: one small read for all of them. Default 250 ms. */
  readonly lookEveryMs?: number;
  /** Told what operators should know: dropped subscriptions, clients thrown away. */
  readonly onTrouble?: (trouble: { readonly what: string; readonly error: unknown }) => void;
}

export const defaultOptions = {
  timeoutMs: 5_000,
  maxInFlightBytes: 64 * 2 ** 20,
  backOff: { firstMs: 100, maxMs: 5_000 },
  lookEveryMs: 250,
  onTrouble: () => undefined,
} satisfies Omit<Required<EventStoreDbOptions>, 'connectionString'>;
