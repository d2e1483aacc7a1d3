import { HEARTBEAT } from './frames.js';
import { type Stream } from './stream.js';

/** So many looks in each interval: a heartbeat is early by up to that share of it, so that none is late. */
const LOOKS = 15;

/** Sends a comment on streams that have been silent, so that nobody between takes them for dead. One timer for all. */
export const heartbeats = (streams: ReadonlySet<Stream>, everyMs: number): { readonly stop: () => void } => {
  const look = (): void => {
    const silentSince = performance.now() - everyMs * (1 - 1 / LOOKS);
    for (const stream of streams) if (stream.sentAt() <= silentSince) stream.write(HEARTBEAT);
  };
  const timer = setInterval(look, Math.max(1, everyMs / LOOKS));
  // It keeps no process alive that has nothing else to do.
  timer.unref();
  return { stop: () => clearInterval(timer) };
};
