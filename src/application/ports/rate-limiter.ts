/** So many requests in so many seconds. */
export interface Quota {
  readonly requests: number;
  readonly seconds: number;
}

export interface Spent {
  readonly isWithin: boolean;
  /** What may still come within this window. */
  readonly remaining: number;
  /** Milliseconds until the window is over. */
  readonly resetMs: number;
}

/** Counts what comes by key, in windows that begin with the first. Never fails: while what counts for all is away, each process counts alone. */
export interface RateLimiter {
  readonly quota: Quota;
  /** `requests`: for how many this one counts; 1 where it is not said, and never more than the quota has. */
  readonly spend: (key: string, requests?: number) => Promise<Spent>;
}

/** `name` keeps apart what different limiters count; those of one name, in whichever process, count together where they can. */
export type OpenRateLimiter = (name: string, quota: Quota) => RateLimiter;
