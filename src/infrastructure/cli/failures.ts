import { z } from 'zod';
import { inWords } from '../system/in-words.js';

/** Why standard output or error could not be written to; null when the error is another one. */
export const outputFault = (error: unknown): { readonly isReaderGone: boolean; readonly said: string } | null =>
  error instanceof Error && 'code' in error && 'syscall' in error && error.syscall === 'write'
    ? { isReaderGone: error.code === 'EPIPE', said: `The output could not be written: ${error.message}` }
    : null;

/** Something a person can do something about, in one line. */
export class CallFailed extends Error {
  constructor(
    message: string,
    /** As in the answers of the API; for programs. */
    readonly code = 'FAILED',
  ) {
    super(message);
  }
}

/** The command line itself is wrong: nothing was tried. */
export class WrongUsage extends CallFailed {
  constructor(message: string) {
    super(message, 'WRONG_USAGE');
  }
}

const inOneLine = (text: string): string => text.replace(/\s*\n\s*/g, '; ').trim();

const failureOf = (error: unknown): { readonly code: string; readonly message: string } => {
  if (error instanceof CallFailed) return { code: error.code, message: inOneLine(error.message) };
  if (error instanceof z.ZodError)
    return {
      code: 'NOT_UNDERSTOOD',
      message: 'The answer was not understood: the server is not Doorbuster, or has another version; check --url',
    };
  const fault = outputFault(error);
  if (fault !== null) return { code: 'OUTPUT_FAILED', message: fault.said };
  return { code: 'UNEXPECTED', message: inOneLine(inWords(error)) };
};

/** One line on stderr: JSON for programs, words for people. */
export const printFailure = (json: boolean, error: unknown): void => {
  const failure = failureOf(error);
  process.stderr.write(`${json ? JSON.stringify({ error: failure }) : failure.message}\n`);
};

export const exitCodeOf = (error: unknown): 1 | 2 => (error instanceof WrongUsage ? 2 : 1);
