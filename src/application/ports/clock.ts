/**
 * Two clocks. The calendar's tells moments, which are recorded and compared with other moments; it may be set forward and
 * back at any time. Waits, time-outs and everything that lasts are measured by the other, which only goes forward.
 */
export interface Clock {
  /** Now, in epoch milliseconds. */
  readonly now: () => number;
  /** Calls back once the moment `at` has come; tests move the time. Returns how to cancel. */
  readonly wakeAt: (at: number, wake: () => void) => () => void;
  /** Milliseconds since some moment of this process: only differences mean something. Never goes back. */
  readonly elapsed: () => number;
  /** Calls back when `ms` have passed, whatever becomes of the calendar. Returns how to cancel. */
  readonly wakeIn: (ms: number, wake: () => void) => () => void;
}
