/**
 * The most one order may cost and one payment may be, in the currency's smallest unit: far below 2⁵³, so that every product,
 * share and sum of amounts within it is exact.
 */
export const MOST_MONEY = 1_000_000_000_000;

/** The most points one user may be given in all. */
export const MOST_POINTS = 1_000 * MOST_MONEY;
