import { DAY_MS } from '../../src/infrastructure/config/environment.js';

const YEAR_DAYS = 365;

export interface YearOfSales {
  /** How many there are, one after the other at the same distance. */
  readonly sales: number;
  /** When the year is over, epoch milliseconds. */
  readonly until: number;
}

/** When the sale of this number begins, epoch milliseconds. */
export const momentOfSale = (sale: number, { sales, until }: YearOfSales): number =>
  Math.round(until - (1 - sale / sales) * YEAR_DAYS * DAY_MS);
