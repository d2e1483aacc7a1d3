import { type Container } from 'inversify';
import { keptCheckpoint } from '../../application/kernel/process/kept-checkpoint.js';
import { relayCheckpoint, startRelay } from '../../application/notices/relay/relay.js';
import { relayedStreams, toIntegrationEvents } from '../../application/notices/relay/to-integration-events.js';
import { feedOf } from '../container/bind-parking.js';
import { Tokens } from '../container/tokens.js';
import { lead } from './lead.js';
import { type RunningProcess } from './process.js';

/** Tells the outside what happened. One relay at a time, the others standing by. */
export const startRelaying = async (container: Container): Promise<RunningProcess> => {
  const checkpoint = keptCheckpoint(container.get(Tokens.ReadModels), relayCheckpoint);
  const ports = {
    clock: container.get(Tokens.Clock),
    feed: feedOf(container, 'relay', toIntegrationEvents),
    log: container.get(Tokens.MessageLog),
    checkpoint,
    metrics: container.get(Tokens.Metrics),
  };
  return lead(container, {
    name: 'relay',
    begin: (stepDown) => startRelay(ports, stepDown),
    follows: { streamPrefixes: relayedStreams, checkpoint },
  });
};
