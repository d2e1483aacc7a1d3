import { type Container } from 'inversify';
import { whileLeading } from '../../application/leading/while-leading.js';
import { startRelay } from '../../application/relaying/relay.js';
import { Tokens } from '../container/tokens.js';
import { type RunningProcess } from './process.js';

/** Tells the outside what happened. One relay at a time, the others standing by. */
export const startRelaying = async (container: Container): Promise<RunningProcess> => {
  const clock = container.get(Tokens.Clock);
  const ports = {
    clock,
    feed: container.get(Tokens.EventFeed),
    log: container.get(Tokens.MessageLog),
    readModels: container.get(Tokens.ReadModels),
    metrics: container.get(Tokens.Metrics),
  };
  const leading = { leases: container.get(Tokens.Leases), clock, log: container.get(Tokens.Log) };
  return whileLeading(leading, 'relay', (stepDown) => startRelay(ports, stepDown));
};
