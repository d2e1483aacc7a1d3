import { allProjections } from '../../application/operating/all-projections.js';
import {
  type Projections,
  startProjections,
  type StartProjectionsPorts,
} from '../../application/kernel/projection/start-projections.js';

/** The projections of this process, if it runs any; used to report their state. */
export interface ProjectionRunner {
  readonly start: () => Projections;
  /** Null for a view that is not run here. */
  readonly status: Projections['status'];
}

export const projectionRunner = (ports: StartProjectionsPorts): ProjectionRunner => {
  let running: Projections | undefined;
  return {
    start: () => (running ??= startProjections(ports)(allProjections)),
    status: (view) => running?.status(view) ?? null,
  };
};
