/** Now, in epoch milliseconds. */
export interface Clock {
  readonly now: () => number;
  /** Calls back once `at` has come; tests move the time. Returns how to cancel. */
  readonly wakeAt: (at: number, wake: () => void) => () => void;
}
