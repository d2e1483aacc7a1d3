import { taskEither as TE } from 'fp-ts';
import { type Log } from '../../application/ports/log.js';
import { isAnswer } from './breaker.js';

/** Runs `work`; whatever goes wrong with it is told to the log, and means `fault`. */
export const orFault =
  <Fault extends string>(log: Log, fault: Fault, said: string) =>
  <A>(work: () => Promise<A>): TE.TaskEither<Fault, A> =>
    TE.tryCatch(work, (error) => {
      // An error reply to a script of ours is a bug worth seeing; silence on the line is not.
      const say = isAnswer(error) ? log.error : log.debug;
      say({ error: String(error) }, said);
      return fault;
    });

/** A reply of our own script, read as what the script promises; anything else is a bug. */
export const items = (reply: unknown): ReadonlyArray<unknown> => {
  if (!Array.isArray(reply)) throw new Error(`Expected a list from Redis, got ${typeof reply}`);
  return reply;
};

/** A string, or a number as Redis writes it; null for none. */
export const textOrNull = (reply: unknown): string | null => {
  if (reply === null || reply === undefined) return null;
  if (typeof reply === 'string') return reply;
  if (typeof reply === 'number') return String(reply);
  throw new Error(`Expected a text from Redis, got ${typeof reply}`);
};

export const text = (reply: unknown): string => {
  const value = textOrNull(reply);
  if (value === null) throw new Error('Expected a text from Redis, got none');
  return value;
};

export const texts = (reply: unknown): ReadonlyArray<string> => items(reply).map(text);
