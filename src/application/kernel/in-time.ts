import { type Clock } from '../ports/clock.js';

/** The result of `work`, or undefined if it takes longer than `ms`: then it continues, and its result is dropped. */
export const inTime = async <A>(
  { wakeIn }: Pick<Clock, 'wakeIn'>,
  ms: number,
  work: Promise<A>,
): Promise<A | undefined> => {
  let cancel = (): void => undefined;
  const late = new Promise<undefined>((resolve) => (cancel = wakeIn(ms, () => resolve(undefined))));
  return Promise.race([work, late]).finally(() => cancel());
};
