/** What kafkajs does not export: the queue of one connection. Version 2.2.4 is its last. */
declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    pending: ReadonlyArray<unknown>;
    /** Sets a timer for another look at what is pending. */
    scheduleCheckPendingRequests: (this: RequestQueue) => void;
  }
}
