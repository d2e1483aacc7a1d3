import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

let isQuiet = false;

/**
 * The library looks for requests that wait on each connection a thousand times a second, also when none does: it sets
 * a timer to a moment long past, again and again. Here it does so only while one waits; who comes later is looked at
 * when it comes.
 */
export const quietRequestQueues = (): void => {
  if (isQuiet) return;
  isQuiet = true;
  const look = RequestQueue.prototype.scheduleCheckPendingRequests;
  RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) look.call(this);
  };
};
