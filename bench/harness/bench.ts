import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type Generator } from './generator.js';
import { type EngineSet } from './engine-sets.js';

/** What a row is run with. */
export interface Bench {
  /** Where the product was built. */
  readonly dist: string;
  readonly short: boolean;
  readonly generator: Generator;
  /** Embedded first; with `--engines` also the real ones. */
  readonly engines: ReadonlyArray<EngineSet>;
  /** Progress, for whoever watches. */
  readonly say: (text: string) => void;
  /** Whether the real ones are measured, and not those compared with. */
  readonly withEngines: boolean;
  /** A Redis for those compared with; rejects with `NotHere` where there is none. */
  readonly redis: () => Promise<string>;
  /** The brokers of a real Kafka; rejects with `NotHere` where there is none. */
  readonly kafka: () => Promise<string>;
  /** A data directory with a coupon of many holders, made once. */
  readonly largeCoupon: () => Promise<LargeCoupon>;
  /** A fresh directory, removed at the end. */
  readonly directory: () => string;
}

export interface LargeCoupon {
  readonly directory: string;
  readonly couponId: string;
  readonly holders: number;
  readonly events: number;
}

/** A fresh directory at each call, below `home`. */
export const directoriesIn = (home: string) => (): string => mkdtempSync(join(home, 'data-'));
