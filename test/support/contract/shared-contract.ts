/** Kept by the environment of the tests, for all suites of a worker: see environment.mjs. */
interface SharedContract {
  /** The OpenAPI document as text; made by whoever asks first. */
  readonly document: (make: () => string) => string;
  /** What is wrong with a value against the schema at a place of that document; null when nothing is. */
  readonly check: (kind: 'sent' | 'answered', pointer: ReadonlyArray<string>, value: unknown) => string | null;
}

declare global {
  var sharedContract: SharedContract;
}

export const sharedContract = (): SharedContract => globalThis.sharedContract;
