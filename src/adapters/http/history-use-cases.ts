import { type FindPublishedSeals } from '../../application/operating/history/published-seals.js';

/** What HTTP drives of the sealed history. */
export interface HistoryUseCases {
  readonly publishedSeals: FindPublishedSeals;
}
