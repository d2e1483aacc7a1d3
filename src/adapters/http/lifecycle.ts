import { setMaxListeners } from 'node:events';

/** Where the server is in its life; one for all that need to know. */
export interface Lifecycle {
  /** No new connection is taken, every connection is closed after its answer. */
  draining: boolean;
  /** Aborted when the draining begins: whoever only waits should end. */
  readonly stopWaiting: AbortController;
  /** Aborted when the notice is over and connections are to go: whoever streams should end. */
  readonly closing: AbortController;
}

export const newLifecycle = (): Lifecycle => {
  const [stopWaiting, closing] = [new AbortController(), new AbortController()];
  // One listener for each answer held back: thousands are no leak.
  setMaxListeners(0, stopWaiting.signal);
  return { draining: false, stopWaiting, closing };
};
