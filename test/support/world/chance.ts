/** Chance from a seed: the same seed, the same world (mulberry32). */
export interface Chance {
  /** 0 ≤ n < 1. */
  readonly next: () => number;
  readonly happens: (probability: number) => boolean;
  /** 0 ≤ n < `below`, whole. */
  readonly below: (below: number) => number;
}

export const chance = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, happens: (probability) => next() < probability, below: (below) => Math.floor(next() * below) };
};
