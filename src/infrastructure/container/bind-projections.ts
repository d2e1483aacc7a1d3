import { type Container } from 'inversify';
import { projectionRunner } from '../processes/projection-runner.js';
import { Tokens as T } from './tokens.js';

/** The read models of every context. */
export const bindProjections = (container: Container): void => {
  container
    .bind(T.ProjectionRunner)
    .toResolvedValue(
      (feed, readModels, leases, clock, log, metrics, parkedStreams) =>
        projectionRunner({ feed, readModels, leases, clock, log, metrics, parkedStreams }),
      [T.EventFeed, T.ReadModels, T.Leases, T.Clock, T.Log, T.Metrics, T.ParkedStreams],
    )
    .inSingletonScope();
};
