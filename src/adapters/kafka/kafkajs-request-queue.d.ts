/** What kafkajs does not export: the queue of one connection. Version 2.2.4 is its last. */
declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    pending: ReadonlyArray<unknown>;
    /** Epoch milliseconds; -1 when the broker never asked for less. */
    throttledUntil: number;
    throttleCheckTimeoutId: NodeJS.Timeout | null;
    checkPendingRequests(): void;
    scheduleCheckPendingRequests(): void;
  }
}
