import { type Container } from 'inversify';
import { watchProgress } from '../../application/kernel/process/watch-progress.js';
import { Tokens as T } from './tokens.js';

/** The followers of the feed in this process, and whether each advances. */
export const bindProgress = (container: Container): void => {
  container
    .bind(T.Progress)
    .toResolvedValue(
      (feed, alerts, clock, log, metrics) => watchProgress({ feed, alerts, clock, log, metrics }),
      [T.EventFeed, T.Alerts, T.Clock, T.Log, T.Metrics],
    )
    .inSingletonScope();
};
