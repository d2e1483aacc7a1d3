import { type either as E, type taskEither as TE } from 'fp-ts';
import { type Deadline } from './deadline.js';

/** Not carried out; it is tried again, with back-off or at `notBefore`. */
export interface NotCarriedOut {
  readonly reason: string;
  /** Epoch milliseconds. Where it is given, nothing is wrong: it is only too early. */
  readonly notBefore?: number;
}

/** Done, or not done yet. */
export type CarriedOut = E.Either<NotCarriedOut, void>;

/**
 * Carries out a deadline: publishes a command, or loads, decides and appends. It may be called too often, by several
 * processes, and late; what it leads to must end or move the deadline by an event.
 */
export type DeadlineHandler = (deadline: Deadline, now: number) => TE.TaskEither<NotCarriedOut, void>;

/** By kind. */
export type DeadlineHandlers = Readonly<Record<string, DeadlineHandler>>;
