import { type Bench } from './bench.js';
import { type Finding } from './row.js';

/** Thrown where something cannot be measured on this machine, through no fault of what is measured. */
export class NotHere extends Error {}

const HEAD = 120;
const TAIL = 200;

/** A message and the last that was written before it, short enough for a cell. */
const brief = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= HEAD + TAIL ? line : `${line.slice(0, HEAD)} … ${line.slice(-TAIL)}`;
};

/** The line of what could not be measured; all of the reason is said to whoever watches. */
export const failure = (bench: Pick<Bench, 'say'>, what: string, error: unknown): Finding => {
  const reason = error instanceof Error ? error.message : String(error);
  const state = error instanceof NotHere ? 'not run' : 'failed';
  bench.say(`${what}, ${state}: ${error instanceof Error ? (error.stack ?? reason) : reason}`);
  return { what, measured: `${state}: ${brief(reason)}`, state };
};

/** One of several things a row measures: should it fail, the others go on. */
export const attempt = async (
  bench: Pick<Bench, 'say'>,
  what: string,
  measure: () => Promise<ReadonlyArray<Finding>>,
): Promise<ReadonlyArray<Finding>> => {
  try {
    return await measure();
  } catch (error) {
    return [failure(bench, what, error)];
  }
};
