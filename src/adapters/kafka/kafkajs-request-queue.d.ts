/** What kafkajs does not export: the queue of one connection. Version 2.2.4 is its last. */
declare module 'kafkajs/src/network/requestQueue/index.js' {
  interface SentRequest {
    /** Epoch milliseconds. */
    readonly sentAt: number;
    /** Milliseconds; never less than that of the queue. */
    readonly requestTimeout: number;
    /** Rejects it, and sends what waited for its place. */
    timeoutRequest(): void;
  }

  export default class RequestQueue {
    readonly pending: ReadonlyArray<unknown>;
    readonly inflight: ReadonlyMap<number, SentRequest>;
    readonly requestTimeout: number;
    /** Is cleared by `destroy`. */
    requestTimeoutIntervalId?: NodeJS.Timeout;
    readonly isConnected: () => boolean;
    /** Sets a timer for another look at what is pending. */
    scheduleCheckPendingRequests: (this: RequestQueue) => void;
    /** Called at each connection: from then on, requests without an answer are given up. */
    scheduleRequestTimeoutCheck: (this: RequestQueue) => void;
    /** Sets no more timers. */
    destroy(): void;
  }
}
