export interface Ask {
  readonly userId: string;
  readonly requestId: string;
}

export interface RushOptions {
  readonly users: number;
  /** Share of the users who ask twice, 0–1. */
  readonly duplicates: number;
}

/** Fisher–Yates, in place. */
const shuffle = <A>(items: A[]): ReadonlyArray<A> => {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    const [one, two] = [items[last], items[other]];
    if (one !== undefined && two !== undefined) [items[last], items[other]] = [two, one];
  }
  return items;
};

/**
 * Who asks, in which order. Of those who ask twice one half repeats the request (a lost answer, a nervous client), the
 * other half makes a new one (a second tab): neither may get a second coupon.
 */
export const planRush = ({ users, duplicates }: RushOptions): ReadonlyArray<Ask> => {
  const salt = Math.floor(Math.random() * 0xffffffff).toString(36);
  const first = Array.from({ length: users }, (_, n) => ({ userId: `user-${n}`, requestId: `${salt}-${n}` }));
  const again = first
    .slice(0, Math.round(users * duplicates))
    .map(({ userId, requestId }, n) => ({ userId, requestId: n % 2 === 0 ? requestId : `${requestId}-again` }));
  return shuffle([...first, ...again]);
};
