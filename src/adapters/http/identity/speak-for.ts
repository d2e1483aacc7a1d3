import { either as E } from 'fp-ts';
import { type Caller } from '../../../application/ports/identity.js';
import { type ProblemCode, type Refusal } from '../problems.js';
import { type Access } from './access.js';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Ids are texts or numbers; anything else names nobody, and certainly not the caller. */
const isNameOf = (caller: string, said: unknown): boolean =>
  (typeof said === 'string' || typeof said === 'number') && String(said) === caller;

/** What a user is told who names another one; a request of somebody else is not there. */
const notYou: Readonly<Record<'body' | 'request', ProblemCode>> = { body: 'NOT_YOU', request: 'REQUEST_NOT_FOUND' };

/**
 * What a call says, with the user it is for. A user speaks for themselves, and need not say so; naming another one is
 * refused. Whoever else may call says for whom.
 */
export const speakFor = (caller: Caller, access: Access, said: unknown): E.Either<Refusal, unknown> => {
  if (typeof access !== 'object' || caller.kind !== 'user' || !isObject(said)) return E.right(said);
  const { concerns } = access;
  if (concerns !== 'body' && concerns !== 'request') return E.right(said);
  const { userId } = caller;
  if (said['userId'] === undefined) return E.right({ userId, ...said });
  return isNameOf(userId, said['userId']) ? E.right({ ...said, userId }) : E.left({ code: notYou[concerns] });
};
