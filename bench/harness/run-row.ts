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

const LIMIT_S = { short: 120, full: 180 } as const;

/** A row that is measured on three sets of engines takes that much longer, and they take their time to start. */
const WITH_ENGINES = 4;

/** After so many milliseconds a row is given up. */
export const limitOf = (
  { limitS = LIMIT_S }: Row,
  { short, withEngines }: Pick<Bench, 'short' | 'withEngines'>,
): number => (short ? limitS.short : limitS.full) * (withEngines ? WITH_ENGINES : 1) * 1_000;

/** Measures a row within its limit. It never rejects: what could not be measured says why. Its processes end with it. */
export const runRow = async (row: Row, bench: Bench, limitMs = limitOf(row, bench)): Promise<Measured> => {
  const scope = openScope();
  // What a row says after it was given up would stand under the name of the next one.
  const own = { ...bench, say: (text: string): void => (scope.isOver() ? undefined : bench.say(text)) };
  const late = (): Error => new Error([`not done within ${limitMs / 1_000} s`, ...tailsOfChildren()].join('\n'));
  const measure = async (): Promise<Measured> => {
    const missing = (await row.missing?.(own)) ?? null;
    return { row, missing, findings: missing === null ? await row.run(own) : [] };
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
