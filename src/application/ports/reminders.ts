/**
 * Reminds of something at a moment, on whichever process listens. A hint, which makes prompt what looking now and then
 * guarantees: it may come late, twice or never.
 */
export interface Reminders {
  /** Sets the reminder of this id, or moves it. Epoch milliseconds. Never waited for. */
  readonly remind: (id: string, at: number) => void;
  readonly forget: (id: string) => void;
  /** `reminded` gets the id, or null when some may have been missed. Returns how to stop. */
  readonly listen: (reminded: (id: string | null) => void) => () => void;
}
