import { either as E } from 'fp-ts';
import { type Lease, type Leases } from '../../../../src/application/ports/leases.js';
import { type Member } from '../member.js';
import { type Weather } from '../weather.js';

export interface SimulatedLeases {
  readonly leasesOf: (member: Member) => Leases;
  /** Every lease is lost, and those who held one hear of it late: for a while there may be two of each. */
  readonly loseAll: () => void;
}

const EXPIRY_MS = 3_000;

interface Held {
  readonly lose: () => void;
}

export const simulatedLeases = ({ chance, time }: Weather): SimulatedLeases => {
  const held = new Map<string, Held>();
  const waiting = new Map<string, Array<() => void>>();

  const free = (name: string, lease: Held): void => {
    if (held.get(name) !== lease) return;
    held.delete(name);
    const next = waiting.get(name) ?? [];
    waiting.delete(name);
    for (const wake of next) wake();
  };
  const grant = (name: string, member: Member): Lease => {
    const losers = new Set<() => void>();
    const lease: Held = {
      lose: () => {
        free(name, lease);
        time.wakeIn(chance.below(EXPIRY_MS), () => member.isAlive() && losers.forEach((lost) => lost()));
      },
    };
    held.set(name, lease);
    const forget = member.onDeath(() => time.wakeIn(EXPIRY_MS, () => free(name, lease)));
    return {
      onLost: (lost) => void losers.add(lost),
      release: async () => {
        forget();
        free(name, lease);
      },
    };
  };

  return {
    loseAll: () => [...held.values()].forEach(({ lose }) => lose()),
    leasesOf: (member) => ({
      acquire: (name, signal) => async () => {
        while (held.has(name)) {
          if (signal.aborted || !member.isAlive()) return E.left('Aborted');
          await new Promise<void>((resolve) => {
            waiting.set(name, [...(waiting.get(name) ?? []), resolve]);
            signal.addEventListener('abort', () => resolve(), { once: true });
          });
        }
        return member.isAlive() && !signal.aborted ? E.right(grant(name, member)) : E.left('Aborted');
      },
    }),
  };
};
