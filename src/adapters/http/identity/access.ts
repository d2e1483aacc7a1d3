import { type Caller } from '../../../application/ports/identity.js';
import { either as E } from 'fp-ts';
import { type ProblemCode, type Refusal } from '../problems.js';

/**
 * How it is known which user a call concerns: named in its path or in its body, or found by the order, payment or waiting
 * token it names. Who asks about a request may name its user in the query.
 */
export type Concerned = 'path' | 'body' | 'order' | 'payment' | 'token' | 'request';

/**
 * Who may make a call.
 * `public`: everybody. `concerns`: the user it concerns, or a service. `service`: services and operators.
 * `viewer`: viewers and operators. `operator`: operators alone.
 */
export type Access = 'public' | 'service' | 'viewer' | 'operator' | { readonly concerns: Concerned };

/** The user this concerns, or a service. */
export const concerns = (concerned: Concerned): Access => ({ concerns: concerned });

const mayOperate = (caller: Caller): boolean =>
  caller.kind === 'operator' || (caller.kind === 'local' && caller.operates);

/** Whether a caller of this kind may make such a call at all; which user it concerns is another question. */
export const isAllowed = (access: Access, caller: Caller): boolean => {
  switch (access) {
    case 'public':
      return true;
    case 'service':
      return caller.kind === 'service' || mayOperate(caller);
    case 'viewer':
      return caller.kind === 'viewer' || mayOperate(caller);
    case 'operator':
      return mayOperate(caller);
    default:
      return caller.kind === 'user' || caller.kind === 'service' || caller.kind === 'local';
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Ids are texts or numbers; anything else names nobody, and certainly not the caller. */
const isNameOf = (caller: string, said: unknown): boolean =>
  (typeof said === 'string' || typeof said === 'number') && String(said) === caller;

/** What a user is told who names another one; a request of somebody else is not there. */
const notYou: Readonly<Record<'body' | 'request', ProblemCode>> = { body: 'NOT_YOU', request: 'REQUEST_NOT_FOUND' };

/**
 * What a call sends, with the user it is for. A user acts for themselves and may leave out `userId`; another user's id is refused.
 * Any other caller must name the user.
 */
export const speakFor = (caller: Caller, access: Access, said: unknown): E.Either<Refusal, unknown> => {
  if (typeof access !== 'object' || caller.kind !== 'user' || !isObject(said)) return E.right(said);
  const { concerns } = access;
  if (concerns !== 'body' && concerns !== 'request') return E.right(said);
  const { userId } = caller;
  if (said['userId'] === undefined) return E.right({ userId, ...said });
  return isNameOf(userId, said['userId']) ? E.right({ ...said, userId }) : E.left({ code: notYou[concerns] });
};
