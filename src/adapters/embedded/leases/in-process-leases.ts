import { either as E } from 'fp-ts';
import { type Lease, type Leases } from '../../../application/ports/leases.js';

type Grant = () => void;

/**
 * Leases within one process, handed over in the order in which they were asked for. They are lost only with the process,
 * and then so is whatever they protected: `lost` is never called.
 */
export const inProcessLeases = (): Leases => {
  /** Names that are held, each with those who wait for it. */
  const held = new Map<string, Grant[]>();

  const release = (name: string): void => {
    const next = held.get(name)?.shift();
    if (next === undefined) held.delete(name);
    else next();
  };

  const leaseOf = (name: string): Lease => {
    let released = false;
    return {
      onLost: () => undefined,
      release: async () => {
        if (!released) release(name);
        released = true;
      },
    };
  };

  return {
    acquire: (name, signal) => async () => {
      if (signal.aborted) return E.left('Aborted');
      const waiting = held.get(name);
      if (waiting === undefined) {
        held.set(name, []);
        return E.right(leaseOf(name));
      }
      return new Promise((resolve) => {
        const giveUp = () => {
          waiting.splice(waiting.indexOf(grant), 1);
          resolve(E.left('Aborted'));
        };
        const grant: Grant = () => {
          signal.removeEventListener('abort', giveUp);
          resolve(E.right(leaseOf(name)));
        };
        waiting.push(grant);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
};
