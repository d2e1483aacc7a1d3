import { either as E } from 'fp-ts';
import { type Clock } from '../ports/clock.js';
import { type Log } from '../ports/log.js';
import { type Metrics } from '../ports/metrics.js';
import { type ReadModels } from '../ports/read-models.js';
import { orInterrupt } from '../projecting/interrupted.js';
import { liveReader } from '../projecting/live-reader.js';
import { type View } from '../projecting/view.js';
import { type Deadline } from './deadline.js';
import { type DeadlineHandlers, type NotCarriedOut } from './handler.js';
import { type HeldBack } from './held-back.js';

export interface CarryOutPorts {
  readonly readModels: ReadModels;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

const PAGE = 500;
/** In one round: more than that waits for the next one, which follows at once. */
const MOST_PAGES = 20;

/**
 * One round: everything due now, the longest overdue first, a page side by side. Answers when to look again, in epoch
 * milliseconds. Rejects with Interrupted while the read models are away.
 */
export const carryOutDue =
  ({ readModels, clock, log, metrics }: CarryOutPorts, view: View<Deadline>, handlers: DeadlineHandlers) =>
  async (back: HeldBack): Promise<number> => {
    const reader = liveReader(readModels);
    const due = (bounds: { readonly from?: number; readonly to?: number }, limit: number, cursor: string | null) =>
      orInterrupt(
        reader.query(view, { index: 'due', key: 'all', limit, ...bounds, ...(cursor !== null && { cursor }) }),
      );

    const failed = (deadline: Deadline, now: number, { reason, notBefore }: NotCarriedOut): void => {
      back.holdBack(deadline, now, notBefore);
      if (notBefore === undefined)
        log.warn({ deadline: deadline.id, kind: deadline.kind, reason }, 'A deadline could not be carried out yet');
    };
    const carryOut = async (deadline: Deadline): Promise<void> => {
      const now = clock.now();
      const handler = handlers[deadline.kind];
      if (handler === undefined) return failed(deadline, now, { reason: `no handler for ${deadline.kind}` });
      try {
        const done = await handler(deadline, now)();
        if (E.isLeft(done)) return failed(deadline, now, done.left);
        metrics.observe('deadline_lateness_seconds', (now - deadline.dueAt) / 1_000, { kind: deadline.kind });
        // Its own events end it; should they not come, it is carried out again.
        back.holdBack(deadline, now);
      } catch (error) {
        failed(deadline, now, { reason: error instanceof Error ? error.message : String(error) });
      }
    };

    const now = clock.now();
    const seen: Deadline[] = [];
    let cursor: string | null = null;
    let tried = 0;
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const { items, nextCursor } = await due({ to: now }, PAGE, cursor);
      seen.push(...items);
      const ready = items.filter((deadline) => !back.isHeldBack(deadline, now));
      await Promise.all(ready.map(carryOut));
      tried += ready.length;
      cursor = nextCursor;
      if (cursor === null) break;
    }
    if (cursor !== null) return tried > 0 ? now : back.earliest();
    back.keepOnly(seen);
    const [next] = (await due({ from: now + 1 }, 1, null)).items;
    return Math.min(next?.dueAt ?? Infinity, back.earliest());
  };
