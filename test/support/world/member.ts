import { type Clock } from '../../../src/application/ports/clock.js';
import { type Weather } from './weather.js';

/** One process of the deployment, from its start to its death. Nothing it did not finish is ever finished. */
export interface Member {
  readonly name: string;
  /** Whether it is of the version after the one that all were of at first. */
  readonly isNew: boolean;
  readonly clock: Clock;
  readonly isAlive: () => boolean;
  /** As `kill -9`: whatever it waits for never comes. */
  readonly kill: () => void;
  /** Called at its death. Returns how to forget it. */
  readonly onDeath: (died: () => void) => () => void;
  /** Sets the calendar of its machine forward or back: nothing passes. */
  readonly setCalendar: (ms: number) => void;
}

export const THE_BEGINNING = Date.UTC(2026, 0, 1);

export const newMember = (name: string, { time }: Weather, isNew = false): Member => {
  let isAlive = true;
  let ahead = 0;
  const mourners = new Set<() => void>();
  const now = (): number => THE_BEGINNING + ahead + time.elapsed();
  const wakeIn = (ms: number, wake: () => void): (() => void) => time.wakeIn(ms, () => isAlive && wake());
  return {
    name,
    isNew,
    isAlive: () => isAlive,
    kill: () => {
      isAlive = false;
      for (const died of mourners) died();
    },
    onDeath: (died) => {
      mourners.add(died);
      return () => void mourners.delete(died);
    },
    setCalendar: (ms) => void (ahead += ms),
    // A timer of the machine runs by the steady clock, also where it was computed from the calendar.
    clock: { now, wakeAt: (at, wake) => wakeIn(at - now(), wake), elapsed: time.elapsed, wakeIn },
  };
};
