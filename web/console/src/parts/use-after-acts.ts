import { useEffect } from 'preact/hooks';
import { said } from '../actions/action.js';

/** What follows from an act, a refund for instance, happens in the seconds after it. */
const FOLLOWS_MS = [0, 1_000, 4_000];

/** Reads again when something was done, and a little later what followed from it. */
export const useAfterActs = (again: () => void): void => {
  useEffect(() => {
    if (said.value === null) return;
    const timers = FOLLOWS_MS.map((ms) => setTimeout(again, ms));
    return () => timers.forEach(clearTimeout);
  }, [said.value]);
};
