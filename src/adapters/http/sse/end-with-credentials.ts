import { type IsStillValid, type Validity } from '../../../application/ports/identity.js';

/**
 * Ends what was opened with a credential soon after that has expired or was revoked. Looks at all of them every so often, for
 * both can happen without anybody asking.
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
