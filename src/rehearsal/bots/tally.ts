import { type Histogram } from 'hdr-histogram-js';
import { histogram, microseconds } from '../times.js';

/** What one side of a sale saw. */
export interface Tally {
  readonly addresses: number;
  /** Requests for the coupon, each counted. */
  readonly tries: number;
  /** By `status code`. */
  readonly answers: ReadonlyMap<string, number>;
  /** Requests that were accepted: each is a coupon. */
  readonly won: number;
  /** Used solutions that were sent again, and how many of them were accepted: there must be none. */
  readonly replays: number;
  readonly replaysAccepted: number;
  /** Microseconds from pressing the button to knowing the answer. */
  readonly waited: Histogram;
  /** The same without the time the machine took to solve. */
  readonly served: Histogram;
}

export interface Counting extends Tally {
  readonly answered: (answer: string, isReplay?: boolean) => void;
  readonly ended: (waitedMs: number, servedMs: number) => void;
}

export const counting = (addresses: number): Counting => {
  const answers = new Map<string, number>();
  let [tries, won, replays, replaysAccepted] = [0, 0, 0, 0];
  const [waited, served] = [histogram(), histogram()];
  return {
    addresses,
    answers,
    waited,
    served,
    get tries() {
      return tries;
    },
    get won() {
      return won;
    },
    get replays() {
      return replays;
    },
    get replaysAccepted() {
      return replaysAccepted;
    },
    answered: (answer, isReplay = false) => {
      const isAccepted = answer.startsWith('202');
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      tries += 1;
      if (isAccepted) won += 1;
      if (isReplay) replays += 1;
      if (isReplay && isAccepted) replaysAccepted += 1;
    },
    ended: (waitedMs, servedMs) => {
      waited.recordValue(microseconds(waitedMs));
      served.recordValue(microseconds(servedMs));
    },
  };
};
