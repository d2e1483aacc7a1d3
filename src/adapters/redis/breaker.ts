import CircuitBreaker from 'opossum';

/** Failures in a row before calls are refused without being tried. */
const FAILURES_IN_A_ROW = 5;
const RETRY_AFTER_MS = 250;

/** Errors that say the server is in no state to answer; every other error reply is an answer. */
const UNABLE = /^(LOADING|MASTERDOWN|CLUSTERDOWN|READONLY|NOREPLICAS|MISCONF|OOM|BUSY)/;

/** A reply that says no to what was asked, and so is for whoever asked to look into. */
export const isAnswer = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ReplyError' && !UNABLE.test(error.message);

type Work = () => Promise<unknown>;
export type Breaker = CircuitBreaker<[Work], unknown>;

/**
 * Opens after a few failures in a row, whatever succeeded before: a server frozen in the middle of a burst must not
 * cost a time-out for each success of the seconds before. Lets one call through every 250 ms to see whether it is back.
 */
export const breaker = (name: string): Breaker => {
  const circuit: Breaker = new CircuitBreaker((work: Work) => work(), {
    name,
    timeout: false,
    resetTimeout: RETRY_AFTER_MS,
    errorThresholdPercentage: 50,
    volumeThreshold: FAILURES_IN_A_ROW,
    rollingCountTimeout: 2_000,
    // Each of them is a timer, whether there are calls or not.
    rollingCountBuckets: 2,
    enableSnapshots: false,
    rollingPercentilesEnabled: false,
    errorFilter: isAnswer,
  });
  let failures = 0;
  circuit.on('failure', () => {
    failures += 1;
    if (failures >= FAILURES_IN_A_ROW && circuit.closed) circuit.open();
  });
  circuit.on('success', () => {
    failures = 0;
  });
  return circuit;
};
