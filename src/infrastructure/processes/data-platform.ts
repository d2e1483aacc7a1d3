import { type Container } from 'inversify';
import { dataPlatform } from '../../adapters/data-platform/data-platform.js';
import { keptCheckpoint } from '../../application/kernel/process/kept-checkpoint.js';
import {
  changeOf,
  dataPlatformCheckpoint,
  tellDataPlatform,
  toldStreams,
} from '../../application/notices/relay/tell-data-platform.js';
import { isOrderEvent } from '../../application/checkout/order/order-aggregate.js';
import { feedOf } from '../container/bind-parking.js';
import { Tokens } from '../container/tokens.js';
import { lead } from './lead.js';
import { type RunningProcess } from './process.js';

export const DATA_PLATFORM_TASK = 'data-platform';

/** Tells the data platform how orders fare, if there is one. One process at a time, the others standing by. */
export const startTellingDataPlatform = async (container: Container): Promise<RunningProcess> => {
  const { DATA_PLATFORM_URL: url, DATA_PLATFORM_TIMEOUT_MS: timeoutMs } = container.get(Tokens.Config);
  if (url === undefined) return { stop: async () => undefined };
  const [clock, log, metrics] = [container.get(Tokens.Clock), container.get(Tokens.Log), container.get(Tokens.Metrics)];
  const platform = dataPlatform({
    url,
    timeoutMs,
    onOpen: (isOpen) => metrics.gauge('data_platform_breaker', isOpen ? 1 : 0),
  });
  const feed = feedOf(container, DATA_PLATFORM_TASK, ({ event }) => (isOrderEvent(event) ? changeOf(event) : null));
  const checkpoint = keptCheckpoint(container.get(Tokens.ReadModels), dataPlatformCheckpoint);
  const ports = { feed, checkpoint, platform, clock, log, metrics };
  const leading = lead(container, {
    name: DATA_PLATFORM_TASK,
    begin: (stepDown) => tellDataPlatform(ports, stepDown),
    follows: { streamPrefixes: toldStreams, checkpoint },
  });
  return {
    stop: async () => {
      await leading.stop();
      platform.close();
    },
  };
};
