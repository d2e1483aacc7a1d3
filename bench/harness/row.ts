import { type Bench } from './bench.js';

type Met = 'aim' | 'at least' | 'missed';

/** One line of the table. */
export interface Finding {
  readonly what: string;
  readonly measured: string;
  /** Of what is only compared with, or said beside, there is none. */
  readonly wanted?: { readonly atLeast: string; readonly aim: string; readonly met: Met };
}

/** Something that is measured, on its own when need be. It throws when it cannot. */
export interface Row {
  readonly name: string;
  readonly title: string;
  /** What cannot be measured here, and why; null when it can. */
  readonly missing?: (bench: Bench) => Promise<string | null>;
  readonly run: (bench: Bench) => Promise<ReadonlyArray<Finding>>;
}

const judge = (value: number, atLeast: number, aim: number, better: (one: number, other: number) => boolean): Met => {
  if (better(value, aim)) return 'aim';
  return better(value, atLeast) ? 'at least' : 'missed';
};

/** Judges a figure of which more is better. */
export const atLeast = (value: number, least: number, aim: number, show: (value: number) => string) => ({
  measured: show(value),
  wanted: { atLeast: show(least), aim: show(aim), met: judge(value, least, aim, (one, other) => one >= other) },
});

/** Judges a figure of which less is better. */
export const atMost = (value: number, most: number, aim: number, show: (value: number) => string) => ({
  measured: show(value),
  wanted: { atLeast: show(most), aim: show(aim), met: judge(value, most, aim, (one, other) => one <= other) },
});
