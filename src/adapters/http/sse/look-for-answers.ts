import { type Log } from '../../../application/ports/log.js';
import { type Stream, type Unanswered } from './stream.js';
import { readTcpTable } from './tcp-table.js';

/**
 * Looks, for all streams at once, whether what was sent has been acknowledged: a client whose network vanished closes
 * nothing, and the kernel would go on sending for a quarter of an hour. Where the kernel does not say, whoever is
 * connected is taken to be there.
 */
export const lookForAnswers = (
  streams: Pick<ReadonlySet<Stream>, 'keys'>,
  everyMs: number,
  log: Log,
  readTable = readTcpTable,
): { readonly stop: () => void } => {
  let isLooking = false;
  let wasSaid = false;
  const look = async (): Promise<void> => {
    const waiting = new Map<string, Unanswered>();
    for (const stream of streams.keys()) {
      const unanswered = stream.unanswered();
      if (unanswered !== null) waiting.set(unanswered.key, unanswered);
    }
    if (waiting.size === 0) return;
    try {
      await readTable(new Set(waiting.keys()), (key, queue) => {
        waiting.get(key)?.look(queue);
        waiting.delete(key);
      });
    } catch (error) {
      if (!wasSaid) log.debug({ err: error }, 'The kernel does not report which clients acknowledge data');
      wasSaid = true;
    }
    for (const { look: lookAt } of waiting.values()) lookAt('Unknown');
  };
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void look().finally(() => (isLooking = false));
  }, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
};
