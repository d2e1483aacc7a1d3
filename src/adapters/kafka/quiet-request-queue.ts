import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

let isQuiet = false;

/** Gives up each request that has waited too long; answers when to look again, in milliseconds. */
const giveUpLate = ({ inflight, requestTimeout }: RequestQueue): number => {
  // No request has a shorter limit: one that is sent meanwhile is looked at in time too.
  let soonest = requestTimeout;
  // eslint-disable-next-line no-restricted-syntax -- the library notes moments of the calendar
  const now = Date.now();
  for (const request of [...inflight.values()]) {
    const left = request.sentAt + request.requestTimeout - now;
    if (left < 0) request.timeoutRequest();
    else soonest = Math.min(soonest, left + 1);
  }
  return soonest;
};

/**
 * The library looks for requests that wait on each connection a thousand times a second, also when none does: it sets
 * a timer to a moment long past, again and again. Here it does so only while one waits; who comes later is looked at
 * when it comes. For requests without an answer it looks ten times a second; here when the next of them would be late.
 */
export const quietRequestQueues = (): void => {
  if (isQuiet) return;
  isQuiet = true;
  const look = RequestQueue.prototype.scheduleCheckPendingRequests;
  RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) look.call(this);
  };
  RequestQueue.prototype.scheduleRequestTimeoutCheck = function (this: RequestQueue): void {
    this.destroy();
    const watch = (): void => {
      if (!this.isConnected()) return;
      this.requestTimeoutIntervalId = setTimeout(watch, giveUpLate(this)).unref();
    };
    watch();
  };
};
