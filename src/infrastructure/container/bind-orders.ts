import { type Container } from 'inversify';
import { loadStockGateState } from '../../application/checkout/stock/load-stock-gate-state.js';
import { openGateway } from './open-gateway.js';
import { openOrders } from './open-orders.js';
import { Tokens as T } from './tokens.js';

/** Products, orders, payments, points: the calls of HTTP, the saga, and what comes due. */
export const bindOrders = (container: Container): void => {
  container
    .bind(T.StockGate)
    .toResolvedValue(
      ({ state }, eventStore, snapshots, logger) =>
        state.openStockGate(loadStockGateState({ eventStore, snapshots, logger })),
      [T.Engines, T.EventStore, T.Snapshots, T.Log],
    )
    .inSingletonScope();
  container
    .bind(T.PaymentGateway)
    .toResolvedValue((config, clock, metrics) => openGateway(config, clock, metrics), [T.Config, T.Clock, T.Metrics])
    .inSingletonScope();
  container
    .bind(T.Orders)
    .toDynamicValue((context) =>
      openOrders({
        eventStore: context.get(T.EventStore),
        snapshots: context.get(T.Snapshots),
        logger: context.get(T.Log),
        messageLog: context.get(T.MessageLog),
        requestLog: context.get(T.RequestLog),
        readModels: context.get(T.ReadModels),
        personalData: context.get(T.PersonalData),
        issueReceipt: context.get(T.IssueReceipt),
        gate: context.get(T.StockGate),
        gateway: context.get(T.PaymentGateway),
        requireActive: context.get(T.RequireActive),
        completeVisit: context.get(T.CompleteVisit),
        alerts: context.get(T.Alerts),
        clock: context.get(T.Clock),
        ids: context.get(T.Ids),
        metrics: context.get(T.Metrics),
        config: context.get(T.Config),
      }),
    )
    .inSingletonScope();
};
