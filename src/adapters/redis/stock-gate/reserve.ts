import { type StockAdmitted, type StockClaim } from '../../../application/ports/stock-gate.js';
import { type RedisConnection } from '../connection.js';
import { texts } from '../reply.js';
import { runInTime } from '../script.js';
import { inOrder, productKeys } from './keys.js';
import { reserveScript } from './scripts.js';

export type Asked = StockAdmitted | { readonly answer: 'NotLoaded'; readonly productId: string };

const perProduct = ({ lines }: StockClaim): ReadonlyMap<string, number> => {
  const wanted = new Map<string, number>();
  for (const { productId, quantity } of lines) wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
  return wanted;
};

const answerOf = (reply: ReadonlyArray<string>, products: ReadonlyArray<string>): Asked => {
  const [answer, ...detail] = reply;
  const product = (index: string | undefined): string => products[Number(index) - 1] ?? '';
  switch (answer) {
    case 'Admitted':
      return { answer };
    case 'NotLoaded':
      return { answer, productId: product(detail[0]) };
    case 'Insufficient':
      return {
        answer,
        short: detail.flatMap((index, at) =>
          at % 2 === 0 ? [{ productId: product(index), available: Number(detail[at + 1]) }] : [],
        ),
      };
    default:
      throw new Error(`Unknown answer of the stock gate: ${answer}`);
  }
};

/** One round trip, one step. Rejects when nobody would wait for the answer any more. */
export const reserveOnce = async (connection: RedisConnection, claim: StockClaim): Promise<Asked> => {
  const wanted = perProduct(claim);
  const products = [...wanted.keys()];
  const keys = products.flatMap((productId) => inOrder(productKeys(productId)));
  const args = [claim.orderId, claim.at, claim.until, ...wanted.values()];
  const reply = await connection.hot((redis) => runInTime({ connection, redis }, reserveScript, keys, args));
  return answerOf(texts(reply), products);
};
