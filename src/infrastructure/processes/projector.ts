import { type Container } from 'inversify';
import { type Position } from '../../application/ports/event-store.js';
import { type RunStatus } from '../../application/kernel/projection/start-projections.js';
import { Tokens } from '../container/tokens.js';
import { type RunningProcess } from './process.js';
import { allProjections } from '../../application/operating/all-projections.js';

/** While it is built anew it has no position yet. */
const runningAt = (status: RunStatus | null): Position | null =>
  status?.phase === 'running' ? status.checkpoint : null;

/** Keeps the read models current. Several may run: of each view one writes, fenced by its checkpoint. */
export const startProjector = async (container: Container): Promise<RunningProcess> => {
  const { ready, stop, status } = container.get(Tokens.ProjectionRunner).start();
  for (const { name, streamPrefixes } of allProjections)
    container.get(Tokens.Progress).watch({
      name: `view ${name}`,
      streamPrefixes,
      position: () => runningAt(status(name)),
      failing: () => status(name)?.trouble ?? null,
    });
  await ready;
  return { stop };
};
