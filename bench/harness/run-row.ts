import { type Bench } from './bench.js';
import { within } from './bounded.js';
import { stopChildren, tailsOfChildren } from './child.js';
import { type Finding, type Row } from './row.js';
import { openScope } from './row-scope.js';
import { failure } from './failure.js';

export interface Measured {
  readonly row: Row;
  readonly findings: ReadonlyArray<Finding>;
  /** Why there are none. */
  readonly missing: string | null;
}

const LIMIT_S = { short: 60, full: 180 } as const;

/** After so many milliseconds a row is given up. */
export const limitOf = ({ limitS = LIMIT_S }: Row, short: boolean): number =>
  (short ? limitS.short : limitS.full) * 1_000;

/** Measures a row within its limit. It never rejects: what could not be measured says why. Its processes end with it. */
export const runRow = async (row: Row, bench: Bench, limitMs = limitOf(row, bench.short)): Promise<Measured> => {
  const scope = openScope();
  const late = (): Error => new Error([`not done within ${limitMs / 1_000} s`, ...tailsOfChildren()].join('\n'));
  const measure = async (): Promise<Measured> => {
    const missing = (await row.missing?.(bench)) ?? null;
    return { row, missing, findings: missing === null ? await row.run(bench) : [] };
  };
  try {
    return await within(limitMs, scope.run(measure), late);
  } catch (error) {
    return { row, missing: null, findings: [failure(bench, row.title, error)] };
  } finally {
    scope.end();
    await stopChildren();
  }
};
