import { type BackOff } from '../event-store/back-off.js';

export interface EmbeddedMessageLogOptions {
  /** The log's clock, epoch milliseconds. */
  readonly now?: () => number;
  /** How long the disk may take before a publish is answered as unknown. */
  readonly publishTimeoutMs?: number;
  /** What each partition keeps of its latest messages in memory, in characters. */
  readonly recentCharacters?: number;
  /** Before a batch is handed over again that its handler rejected. */
  readonly backOff?: BackOff;
  /** Something could not be written or dropped: for operators. */
  readonly onFailure?: (error: unknown) => void;
}

export type Settings = Required<EmbeddedMessageLogOptions>;

export const settingsOf = (options: EmbeddedMessageLogOptions): Settings => ({
  now: Date.now,
  publishTimeoutMs: 10_000,
  recentCharacters: 4 * 2 ** 20,
  backOff: { firstMs: 50, maxMs: 5_000 },
  onFailure: () => undefined,
  ...options,
});
