import { type Container } from 'inversify';
import { Tokens } from '../container/tokens.js';
import { type RunningProcess } from './process.js';

/** Keeps the read models current. Several may run: of each view one writes, fenced by its checkpoint. */
export const startProjector = async (container: Container): Promise<RunningProcess> => {
  const { ready, stop } = container.get(Tokens.ProjectionRunner).start();
  await ready;
  return { stop };
};
