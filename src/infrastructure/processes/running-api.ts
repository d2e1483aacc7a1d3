import { type RunningProcess } from './process.js';

export interface RunningApi extends RunningProcess {
  readonly url: string;
  /** What it needs as long as somebody is answered: to be stopped after it. */
  readonly behind?: RunningProcess;
}
