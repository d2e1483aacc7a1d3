import { either as E } from 'fp-ts';
import { type Leases } from '../../../src/application/ports/leases.js';

/** Leases within one process: one holder at a time, the others wait until they give up. */
export const inMemoryLeases = (): Leases => {
  const held = new Set<string>();
  return {
    acquire: (name, signal) => async () => {
      while (held.has(name)) {
        if (signal.aborted) return E.left('Aborted');
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      held.add(name);
      return E.right({ onLost: () => undefined, release: async () => void held.delete(name) });
    },
  };
};
