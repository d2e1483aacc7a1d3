import { either as E } from 'fp-ts';
import { type Container } from 'inversify';
import { keyedWriter } from '../../application/kernel/writer/keyed-writer.js';
import { keptCheckpoint } from '../../application/kernel/process/kept-checkpoint.js';
import { STOCK_GROUP, STOCK_REQUESTS } from '../../application/kernel/messaging/topics.js';
import { runSagas, sagaCheckpoint, sagaStreams } from '../../application/checkout/sagas/run-sagas.js';
import { stockWriting } from '../../application/checkout/stock/decide-stock-requests.js';
import { feedOf } from '../container/bind-parking.js';
import { Tokens } from '../container/tokens.js';
import { lead } from './lead.js';
import { EngineAway } from './retry-while-engine-away.js';
import { type RunningProcess } from './process.js';

const BATCH = 500;

/** Decides the stock of the products in the partitions it is given. */
export const startOrderWorker = async (container: Container): Promise<RunningProcess> => {
  const snapshotKeeper = container.get(Tokens.SnapshotKeeper);
  const log = container.get(Tokens.MessageLog);
  const decide = keyedWriter({
    eventStore: container.get(Tokens.EventStore),
    snapshots: container.get(Tokens.Snapshots),
    logger: container.get(Tokens.Log),
    log,
    clock: container.get(Tokens.Clock),
    snapshotKeeper,
    parkedStreams: container.get(Tokens.ParkedStreams),
  })(stockWriting);
  const subscribed = await log.subscribe({
    topic: STOCK_REQUESTS,
    group: STOCK_GROUP,
    batchSize: BATCH,
    handle: decide,
  })();
  if (E.isLeft(subscribed)) throw new EngineAway('message log');
  return {
    stop: async () => {
      await subscribed.right.stop();
      await snapshotKeeper.settled();
    },
  };
};

/** Carries every order through: one process at a time, the others standing by. */
export const startSagas = async (container: Container): Promise<RunningProcess> => {
  const checkpoint = keptCheckpoint(container.get(Tokens.ReadModels), sagaCheckpoint);
  const ports = { feed: feedOf(container, 'order-saga'), checkpoint, work: container.get(Tokens.Orders).work };
  return lead(container, {
    name: 'order-saga',
    begin: (stepDown) => runSagas(ports, stepDown),
    follows: { streamPrefixes: sagaStreams, checkpoint },
  });
};
