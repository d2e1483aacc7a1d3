import { type IsStillValid, type Validity } from '../../../application/ports/identity.js';

/**
 * Ends streams soon after the credential that opened them expired or was revoked. Checks all of them at intervals, because
 * both can happen without a call.
 */
export const endWithCredentials = (isStillValid: IsStillValid, everyMs: number) => {
  const open = new Map<() => void, Validity>();
  const look = (): void => {
    for (const [end, validity] of open) if (!isStillValid(validity)) end();
  };
  const timer = setInterval(look, everyMs).unref();
  return {
    add: (end: () => void, validity: Validity): void => void open.set(end, validity),
    remove: (end: () => void): void => void open.delete(end),
    stop: () => clearInterval(timer),
  };
};
