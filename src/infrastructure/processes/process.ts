/** A part of the server that runs on its own: what PROCESSES names. */
export interface RunningProcess {
  /** Takes nothing new, ends what it is at, resolves when that is done. */
  readonly stop: () => Promise<void>;
}

export interface RunningApi extends RunningProcess {
  readonly url: string;
  /** What it needs as long as somebody is answered: to be stopped after it. */
  readonly behind?: RunningProcess;
}
