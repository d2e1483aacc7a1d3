import { either as E } from 'fp-ts';
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
import { type Bound } from '../container/bound-in.js';
import { every, type RunningProcess, type Start } from './every.js';
import { lead } from './lead.js';
import { startProcess } from './run.js';

export const startRelaying: Start = (bound) => {
  const { feed, messageLog: log, clock, metrics } = bound;
  return startProcess(bound, relay({ feed, log, clock, metrics }));
};

/** Tells the data platform how orders fare, if there is one. */
export const startTellingDataPlatform: Start = async (bound) => {
  const { config, metrics, clock, logger: log } = bound;
  const { DATA_PLATFORM_URL: url, DATA_PLATFORM_TIMEOUT_MS: timeoutMs } = config;
  if (url === undefined) return { stop: async () => undefined };
  const onOpen = (isOpen: boolean): void => metrics.gauge('data_platform_breaker', isOpen ? 1 : 0);
  const platform = dataPlatform({ url, timeoutMs, onOpen });
  const running = await startProcess(bound, tellDataPlatform({ platform, clock, log, metrics }));
  return { stop: () => running.stop().finally(platform.close) };
};

const ENDPOINTS_LOOKED_FOR_MS = 2_000;

/** None can be created without the secret: they are of a time when there was one, and it is enough to say so once. */
const warningOfUnsigned = ({ webhookCalls, clock, logger }: Bound): RunningProcess => {
  let isKnown = false;
  const look = async (): Promise<void> => {
    const found = isKnown ? null : await webhookCalls.listWebhooks()();
    if (found === null || E.isLeft(found)) return;
    isKnown = true;
    if (found.right.length === 0) return;
    const said = 'Webhooks are not delivered: KEYS_SECRET, which signs them, is not set. Their events wait until it is';
    logger.warn({ endpoints: found.right.length }, said);
  };
  return every(clock, ENDPOINTS_LOOKED_FOR_MS, look, () => undefined);
};

/** Delivers to the endpoints of webhooks, as long as there is a secret to sign with. */
export const startWebhooks: Start = async (bound) => {
  const { webhookSecretOf: secretOf } = bound;
  if (secretOf === null) return warningOfUnsigned(bound);
  const { eventStore, feed, snapshots, readModels, parkedStreams, ids, clock, alerts, metrics, logger, config } = bound;
  const { WEBHOOK_RETRY_MS: firstPauseMs, WEBHOOK_GIVE_UP_MS: giveUpAfterMs } = config;
  const { webhookSender: sender } = bound;
  const { begin, standBy } = runWebhooks({
    ...{ eventStore, feed, snapshots, readModels, parkedStreams, ids, clock, alerts, metrics, logger, log: logger },
    ...{ sender, secretOf, firstPauseMs, giveUpAfterMs, deadlines: allDeadlinesView },
  });
  const running = lead(bound, { name: 'webhooks', begin, standBy });
  return { stop: () => running.stop().finally(sender.close) };
};

/** Carries every order through. */
export const startSagas: Start = (bound) => startProcess(bound, followOrders(bound.orders));

export const startStockGateKeeper: Start = (bound) => startProcess(bound, keepStockGate(bound.stockGate));

/** Tells coupons, and orders, what their events come to. */
export const startEventKeeper: Start = (bound) => {
  const { eventStore, snapshots, logger, ids, clock, readModels, messageLog: log } = bound;
  const load = { eventStore, snapshots, logger };
  const calling = { readModels, clock, handleOrder: handleOrder({ ...load, ids }) };
  const keep = keepCouponsInStep({ ...load, callOffOrders: callOffOrders(calling), log, readModels, clock });
  return startProcess(bound, keep);
};
