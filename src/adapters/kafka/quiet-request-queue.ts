import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

const CHECK_MS = 10;

/**
 * The library looks for requests that wait on each connection a thousand times a second, also when none does: it sets
 * a timer to a moment long past, again and again. Here it looks when there is something to look for; a request that
 * waits for others in flight is seen to when one of those is answered.
 */
export const quietRequestQueues = (): void => {
  RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    const throttledMs = this.throttledUntil - Date.now();
    if (this.throttleCheckTimeoutId !== null || (throttledMs <= 0 && this.pending.length === 0)) return;
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      Math.max(throttledMs, CHECK_MS),
    );
  };
};
