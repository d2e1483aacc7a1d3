import { type Verdict } from '../verdict.js';
import { type Tally } from './tally.js';

export interface BotSale {
  readonly name: 'people alone' | 'bots' | 'bots, no challenge';
  readonly couponId: string;
  readonly people: Tally;
  readonly bots: Tally;
  readonly issued: number;
  readonly verify: Verdict;
}

export interface BotRehearsal {
  readonly quantity: number;
  /** The coupons that bots would get by their share of all addresses. */
  readonly share: number;
  readonly sales: ReadonlyArray<BotSale>;
  readonly faults: ReadonlyArray<string>;
  readonly passed: boolean;
}
