import { dropView } from '../../application/kernel/projection/builds.js';
import { type RunStatus } from '../../application/kernel/projection/start-projections.js';
import { retiredViews, allProjections } from '../../application/operating/all-projections.js';
import { type Position } from '../../application/ports/event-store.js';
import { type Bound } from '../container/bound-in.js';
import { type Start } from './every.js';

/** While it is built anew it has no position yet. */
const runningAt = (status: RunStatus | null): Position | null =>
  status?.phase === 'running' ? status.checkpoint : null;
/** What cannot be dropped now is dropped after the next start. */
const dropRetiredViews = async (bound: Bound): Promise<void> => {
  const { readModels, logger: log } = bound;
  try {
    for (const view of retiredViews)
      for (const build of await dropView(readModels, view)) log.info({ build }, 'Dropped a view that no longer exists');
  } catch (error) {
    log.warn({ err: error }, 'Views that no longer exist could not be dropped; tried again at the next start');
  }
};
/** Keeps the read models current. Several may run: of each view one writes, fenced by its checkpoint. */

export const startProjector: Start = async (bound) => {
  const { ready, stop, status } = bound.projectionRunner.start();
  for (const { name, streamPrefixes } of allProjections)
    bound.progress.watch({
      name: `view ${name}`,
      streamPrefixes,
      position: () => runningAt(status(name)),
      failing: () => status(name)?.trouble ?? null,
    });
  await ready;
  // Not waited for: nobody reads them, and clearing a large one takes long.
  void dropRetiredViews(bound);
  return { stop };
};
