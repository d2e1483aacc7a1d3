import { either as E } from 'fp-ts';
import { type Container } from 'inversify';
import { dataPlatform } from '../../adapters/data-platform/data-platform.js';
import { handleOrder } from '../../application/checkout/aggregates/order-aggregate.js';
import { followOrders } from '../../application/checkout/drive/follow-orders.js';
import { callOffOrders } from '../../application/checkout/order/call-off-orders.js';
import { keepStockGate } from '../../application/checkout/stock/keep-stock-gate.js';
import { keepCouponsInStep } from '../../application/coupon/keep-coupons-in-step.js';
import { relay } from '../../application/notices/relay/relay.js';
import { tellDataPlatform } from '../../application/notices/relay/tell-data-platform.js';
import { runWebhooks } from '../../application/notices/webhooks/run-webhooks.js';
import { allDeadlinesView } from '../../application/operating/all-projections.js';
import { boundIn } from '../container/bound-in.js';
import { Tokens } from '../container/tokens.js';
import { every, type RunningProcess } from './every.js';
import { lead } from './lead.js';
import { startProcess } from './run.js';

type Start = (container: Container) => Promise<RunningProcess>;

export const startRelaying: Start = (container) => {
  const { feed, messageLog: log, clock, metrics } = boundIn(container);
  return startProcess(container, relay({ feed, log, clock, metrics }));
};

/** Tells the data platform how orders fare, if there is one. */
export const startTellingDataPlatform: Start = async (container) => {
  const { config, metrics, clock, logger: log } = boundIn(container);
  const { DATA_PLATFORM_URL: url, DATA_PLATFORM_TIMEOUT_MS: timeoutMs } = config;
  if (url === undefined) return { stop: async () => undefined };
  const onOpen = (isOpen: boolean): void => metrics.gauge('data_platform_breaker', isOpen ? 1 : 0);
  const platform = dataPlatform({ url, timeoutMs, onOpen });
  const running = await startProcess(container, tellDataPlatform({ platform, clock, log, metrics }));
  return { stop: () => running.stop().finally(platform.close) };
};

const ENDPOINTS_LOOKED_FOR_MS = 2_000;

/** None can be created without the secret: they are of a time when there was one, and it is enough to say so once. */
const warningOfUnsigned = (container: Container): RunningProcess => {
  let isKnown = false;
  const look = async (): Promise<void> => {
    const found = isKnown ? null : await container.get(Tokens.WebhookCalls).listWebhooks()();
    if (found === null || E.isLeft(found)) return;
    isKnown = true;
    if (found.right.length === 0) return;
    const said = 'Webhooks are not delivered: KEYS_SECRET, which signs them, is not set. Their events wait until it is';
    container.get(Tokens.Logger).warn({ endpoints: found.right.length }, said);
  };
  return every(container.get(Tokens.Clock), ENDPOINTS_LOOKED_FOR_MS, look, () => undefined);
};

/** Delivers to the endpoints of webhooks, as long as there is a secret to sign with. */
export const startWebhooks: Start = async (container) => {
  const secretOf = container.get(Tokens.WebhookSecretOf);
  if (secretOf === null) return warningOfUnsigned(container);
  const { eventStore, feed, snapshots, readModels, parkedStreams, ids, clock, alerts, metrics, logger, config } =
    boundIn(container);
  const { WEBHOOK_RETRY_MS: firstPauseMs, WEBHOOK_GIVE_UP_MS: giveUpAfterMs } = config;
  const sender = container.get(Tokens.WebhookSender);
  const { begin, standBy } = runWebhooks({
    ...{ eventStore, feed, snapshots, readModels, parkedStreams, ids, clock, alerts, metrics, logger, log: logger },
    ...{ sender, secretOf, firstPauseMs, giveUpAfterMs, deadlines: allDeadlinesView },
  });
  const running = lead(container, { name: 'webhooks', begin, standBy });
  return { stop: () => running.stop().finally(sender.close) };
};

/** Carries every order through. */
export const startSagas: Start = (container) => startProcess(container, followOrders(container.get(Tokens.Orders)));

export const startStockGateKeeper: Start = (container) =>
  startProcess(container, keepStockGate(container.get(Tokens.StockGate)));

/** Tells coupons, and orders, what their events come to. */
export const startEventKeeper: Start = (container) => {
  const { eventStore, snapshots, logger, ids, clock, readModels, messageLog: log } = boundIn(container);
  const load = { eventStore, snapshots, logger };
  const calling = { readModels, clock, handleOrder: handleOrder({ ...load, ids }) };
  const keep = keepCouponsInStep({ ...load, callOffOrders: callOffOrders(calling), log, readModels, clock });
  return startProcess(container, keep);
};
