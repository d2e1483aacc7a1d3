import { either as E } from 'fp-ts';
import { type Container } from 'inversify';
import { TOKEN_ACTIVATE_GROUP, WAITING_TOKEN } from '../../application/kernel/messaging/topics.js';
import { Tokens } from '../container/tokens.js';
import { EngineAway } from './retry-while-engine-away.js';
import { type RunningProcess } from './process.js';

const BATCH = 500;

/** Decides the waiting rooms of the partitions it is given. */
export const startWaitingWorker = async (container: Container): Promise<RunningProcess> => {
  const subscribed = await container.get(Tokens.MessageLog).subscribe({
    topic: WAITING_TOKEN,
    group: TOKEN_ACTIVATE_GROUP,
    batchSize: BATCH,
    handle: container.get(Tokens.DecideWaitingRequests),
  })();
  if (E.isLeft(subscribed)) throw new EngineAway('message log');
  return {
    stop: async () => {
      await subscribed.right.stop();
      await container.get(Tokens.SnapshotKeeper).settled();
    },
  };
};
