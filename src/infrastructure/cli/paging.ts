import { type Command } from 'commander';
import { z } from 'zod';
import { wholeNumber } from './option-values.js';

/** Options of a list: how many, and from where on. */
export const withPaging = (command: Command, usual: number, most = 500): Command =>
  command
    .option('--limit <n>', `how many to show, at most ${most}`, wholeNumber(most), usual)
    .option('--cursor <cursor>', 'continue after the page that printed this cursor');

/** The query of a list: how many, from where on, and what else it may be asked for. */
export const pageQuery = (options: unknown, more: z.ZodRawShape = {}): URLSearchParams => {
  const asked = z.object({ limit: z.coerce.string(), cursor: z.string().optional(), ...more }).parse(options);
  return new URLSearchParams(Object.entries(z.record(z.string(), z.string()).parse(asked)));
};
