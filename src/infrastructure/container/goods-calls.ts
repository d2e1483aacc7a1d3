import { type OrderUseCases } from '../../adapters/http/route-table.js';
import { chargePoints } from '../../application/checkout/points/charge-points.js';
import { pointsOfUser } from '../../application/checkout/points/points-of-user.js';
import { challengeOfProducts } from '../../application/checkout/stock/challenge-of-products.js';
import { changeProductTerms } from '../../application/checkout/stock/change-terms.js';
import { createProduct } from '../../application/checkout/stock/create-product.js';
import { productById, stockAudit } from '../../application/checkout/stock/product-by-id.js';
import { receiveStock } from '../../application/checkout/stock/receive-stock.js';
import { handleChargePoints } from '../../application/checkout/aggregates/points-aggregate.js';
import { pointsView } from '../../application/checkout/points/views/points.js';
import { productsView } from '../../application/checkout/stock/views/products.js';
import { type awaitVisibleIn } from '../../application/kernel/projection/await-visible.js';
import { type CommandHandlerPorts } from '../../application/kernel/writer/command-handler.js';
import { type Clock } from '../../application/ports/clock.js';
import { type MessageLog } from '../../application/ports/message-log.js';
import { type ReadModels } from '../../application/ports/read-models.js';
import { type SalePolicy } from '../../domain/sale-policy.js';

interface GoodsPorts {
  readonly handling: CommandHandlerPorts;
  readonly queries: { readonly readModels: ReadModels; readonly clock: Clock };
  readonly requestLog: MessageLog;
  readonly visibleIn: ReturnType<typeof awaitVisibleIn>;
  readonly waitMs: number;
  readonly policy: SalePolicy;
}

type GoodsCalls = Pick<
  OrderUseCases,
  | 'createProduct'
  | 'productById'
  | 'receiveStock'
  | 'challengeOfProducts'
  | 'changeProductTerms'
  | 'stockAudit'
  | 'chargePoints'
  | 'pointsOfUser'
>;

/** Calls about what an order takes: products with their stock, and points. */
export const goodsCalls = ({ handling, queries, requestLog, visibleIn, waitMs, policy }: GoodsPorts): GoodsCalls => {
  const { readModels, clock } = queries;
  const { ids } = handling;
  const asking = { ...queries, ids, waitMs };
  return {
    createProduct: createProduct({ ...handling, clock, awaitVisible: visibleIn(productsView), policy }),
    productById: productById({ readModels }),
    receiveStock: receiveStock({ log: requestLog, ...asking }),
    challengeOfProducts: challengeOfProducts(queries),
    changeProductTerms: changeProductTerms({ log: requestLog, ...asking }),
    stockAudit: stockAudit({ readModels }),
    chargePoints: chargePoints({
      handle: handleChargePoints(handling),
      awaitVisible: visibleIn(pointsView),
      clock,
      ids,
    }),
    pointsOfUser: pointsOfUser({ readModels }),
  };
};
