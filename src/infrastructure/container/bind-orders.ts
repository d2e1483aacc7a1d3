import { type Container } from 'inversify';
import { loadStockGateState } from '../../application/stock/load-stock-gate-state.js';
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
    .toResolvedValue(
      (
        eventStore,
        snapshots,
        logger,
        messageLog,
        readModels,
        gate,
        gateway,
        requireActive,
        completeVisit,
        alerts,
        clock,
        ids,
        metrics,
        config,
      ) =>
        openOrders({
          eventStore,
          snapshots,
          logger,
          messageLog,
          readModels,
          gate,
          gateway,
          requireActive,
          completeVisit,
          alerts,
          clock,
          ids,
          metrics,
          config,
        }),
      [
        T.EventStore,
        T.Snapshots,
        T.Log,
        T.MessageLog,
        T.ReadModels,
        T.StockGate,
        T.PaymentGateway,
        T.RequireActive,
        T.CompleteVisit,
        T.Alerts,
        T.Clock,
        T.Ids,
        T.Metrics,
        T.Config,
      ],
    )
    .inSingletonScope();
};
