/** What a challenge is about: a solution of it is good for nothing and nobody else. */
export interface Challenged {
  /** `product/console`. */
  readonly what: string;
  /** Of whoever asks, as it is counted by. */
  readonly address: string;
}

/** Work that costs a person a moment, and whoever asks for thousands a fortune. */
export interface Challenges {
  /** A new challenge, as its provider defines it. `difficulty`: 0 for a person; each step twice the work. */
  readonly ask: (about: Challenged, difficulty: number) => Promise<Readonly<Record<string, unknown>>>;
  /** Whether the response solves a challenge about this. Each solution counts once. */
  readonly isSolved: (response: string, about: Challenged) => Promise<boolean>;
}
