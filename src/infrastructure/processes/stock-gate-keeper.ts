import { either as E } from 'fp-ts';
import { type Container } from 'inversify';
import { followStockGate, toChange } from '../../application/checkout/stock/follow-stock-gate.js';
import { feedOf } from '../container/bind-parking.js';
import { Tokens } from '../container/tokens.js';
import { EngineAway } from './retry-while-engine-away.js';
import { type RunningProcess } from './process.js';

/** Keeps the stock gate of this process current. Several processes may keep one gate; each step is idempotent. */
export const startStockGateKeeper = async (container: Container): Promise<RunningProcess> => {
  const gate = container.get(Tokens.StockGate);
  const following = await followStockGate({ gate, feed: feedOf(container, 'stock-gate', toChange) })();
  if (E.isLeft(following)) throw new EngineAway('event store');
  return { stop: following.right.stop };
};
