/** Bounds of the streams of server-sent events of one process. */
export interface SseLimits {
  /** Streams at once; beyond it 503. */
  readonly connections: number;
  /** Of one user: as many tabs and devices; beyond it 503. */
  readonly perUser: number;
  /** A comment is sent when nothing else was for so long. */
  readonly heartbeatMs: number;
  /** How often it is looked whether what was sent has been acknowledged. */
  readonly answersEveryMs: number;
  /** How often the credentials that opened streams are checked; milliseconds. */
  readonly credentialsEveryMs: number;
  /** Bytes a client may be behind before it is cut off. */
  readonly mostBuffered: number;
  /** Clients come back after this, or after up to twice as long: not all at once. */
  readonly retryMs: number;
}

export const defaultSseLimits: SseLimits = {
  connections: 20_000,
  perUser: 20,
  // Promised every 15 s: whatever follows from one that is not acknowledged is to be in time as well.
  heartbeatMs: 13_000,
  answersEveryMs: 5_000,
  credentialsEveryMs: 1_000,
  mostBuffered: 256 * 1024,
  retryMs: 1_000,
};
