import { HEARTBEAT } from './frames.js';
import { type Stream } from './stream.js';

/** So many looks in each interval: no heartbeat is later than that share of it. */
const LOOKS = 15;

/** Sends a comment on streams that have been silent, so that nobody between takes them for dead. One timer for all. */
export const heartbeats = (streams: ReadonlySet<Stream>, everyMs: number): { readonly stop: () => void } => {
  const look = (): void => {
    const silentSince = performance.now() - everyMs;
    for (const stream of streams) if (stream.sentAt() <= silentSince) stream.write(HEARTBEAT);
  };
  const timer = setInterval(look, Math.max(1, everyMs / LOOKS));
  // It keeps no process alive that has nothing else to do.
  timer.unref();
  return { stop: () => clearInterval(timer) };
};
