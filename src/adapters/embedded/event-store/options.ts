import { type BackOff } from './back-off.js';

/** All have defaults. */
export interface EmbeddedEventStoreOptions {
  /** The store's clock, epoch milliseconds. */
  readonly now?: () => number;
  /** Encoded bytes of appends not yet answered; more are refused. Default 64 MiB. */
  readonly maxInFlightBytes?: number;
  /** Encoded bytes of the events kept decoded for live subscribers. Default 32 MiB. */
  readonly recentBytes?: number;
  /** How long the disk may take before an append is answered as unknown. Default 10 s. */
  readonly timeoutMs?: number;
  /** Between tries of a handler that rejects. Default 100 ms, doubling up to 5 s. */
  readonly backOff?: BackOff;
  /** Told why a commit failed. */
  readonly onFailure?: (error: unknown) => void;
}

export const defaultOptions: Required<EmbeddedEventStoreOptions> = {
  now: Date.now,
  maxInFlightBytes: 64 * 2 ** 20,
  recentBytes: 32 * 2 ** 20,
  timeoutMs: 10_000,
  backOff: { firstMs: 100, maxMs: 5_000 },
  onFailure: () => undefined,
};
