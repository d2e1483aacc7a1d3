import { type Bench } from './bench.js';

type Met = 'aim' | 'at least' | 'missed';

/** One line of the table. */
export interface Finding {
  readonly what: string;
  readonly measured: string;
  /** Of what is only compared with, or said beside, there is none. */
  readonly wanted?: { readonly atLeast: string; readonly aim: string; readonly met: Met };
  /** It was not measured, `measured` says why. With `failed` the run ends with a failure. */
  readonly state?: 'failed' | 'not run';
}

/** Something that is measured, on its own when need be. It throws when it cannot. */
export interface Row {
  readonly name: string;
  readonly title: string;
  /** It is given up after so many seconds: 120 in the short form and 180 in the full one unless said here. */
  readonly limitS?: { readonly short: number; readonly full: number };
  /** Also measured on the real engines. */
  readonly onEngines?: boolean;
  /** What cannot be measured here, and why; null when it can. */
  readonly missing?: (bench: Bench) => Promise<string | null>;
  readonly run: (bench: Bench) => Promise<ReadonlyArray<Finding>>;
}

/** Of a row that may be the first to need the large coupon. */
export const FILLING_S = { short: 120, full: 600 } as const;

const judge = (value: number, least: number, aim: number, better: (one: number, other: number) => boolean): Met => {
  if (Number.isNaN(value)) throw new Error('nothing was measured');
  if (better(value, aim)) return 'aim';
  return better(value, least) ? 'at least' : 'missed';
};

/** Judges a figure of which more is better. Throws where there is no figure. */
export const atLeast = (value: number, least: number, aim: number, show: (value: number) => string) => ({
  measured: show(value),
  wanted: { atLeast: show(least), aim: show(aim), met: judge(value, least, aim, (one, other) => one >= other) },
});

/** Judges a figure of which less is better. Throws where there is no figure. */
export const atMost = (value: number, most: number, aim: number, show: (value: number) => string) => ({
  measured: show(value),
  wanted: { atLeast: show(most), aim: show(aim), met: judge(value, most, aim, (one, other) => one <= other) },
});
