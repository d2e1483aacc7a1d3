import { type Caller } from '../../../application/ports/identity.js';

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
