import { constants } from 'node:os';

/** Ctrl-C under `npm start` is heard twice: from the terminal, and passed on by npm. */
const SAME_MS = 250;

/**
 * From now on the first SIGTERM or SIGINT aborts what is returned, with the signal's name as the reason; a second ends the
 * process at once. Call it before anything is awaited: until then process 1 of a container hears no signal at all.
 */
export const catchStopSignals = (): AbortSignal => {
  const stopping = new AbortController();
  let heardAt = 0;
  const hear = (signal: 'SIGTERM' | 'SIGINT'): void => {
    const isEcho = signal === 'SIGINT' && performance.now() - heardAt < SAME_MS;
    if (!stopping.signal.aborted) {
      heardAt = performance.now();
      stopping.abort(signal);
    } else if (!isEcho) process.exit(128 + constants.signals[signal]);
  };
  process.on('SIGTERM', hear);
  process.on('SIGINT', hear);
  return stopping.signal;
};
