import { resolve } from 'node:path';
import { Linter } from 'eslint';
import { z } from 'zod';

const RULE = 'no-restricted-syntax';

const { default: all } = z
  .object({ default: z.array(z.custom<Linter.Config>()) })
  .parse(await import(resolve('eslint.config.js')));
/** Without what reads types: this rule needs none, and the whole project would be read for them. */
const theRule = all.filter(({ rules }) => rules !== undefined && RULE in rules);

/** The lines that the rule does not allow in this file. */
const forbiddenLines = (code: string, filename: string): ReadonlyArray<number> =>
  new Linter()
    .verify(code, theRule, { filename: resolve(filename) })
    .filter(({ ruleId }) => ruleId === RULE)
    .map(({ line }) => line);

const code = [
  'export const moment = Date.now();',
  'export const date = new Date();',
  'export const told = new Date(0);',
  'export const soon = (clock) => clock.wakeAt(clock.now() + 5);',
  'export const later = (clock) => clock.wakeIn(5);',
].join('\n');

test('the calendar is read in one place, and no wait is measured by it', () => {
  expect(forbiddenLines(code, 'src/application/kernel/projection/pause.ts')).toEqual([1, 2, 4]);
  expect(forbiddenLines(code, 'src/infrastructure/system/system-clock.ts')).toEqual([]);
});
