import { type Check } from '../../application/kernel/audit/audit.js';

/** The checks of a verdict, a line each, those that failed marked. */
export const shownChecks = (checks: ReadonlyArray<Check>): ReadonlyArray<string> =>
  checks.map(({ name, ok, detail }) => `  ${ok ? '✓' : '✗'} ${name}: ${detail}`);
