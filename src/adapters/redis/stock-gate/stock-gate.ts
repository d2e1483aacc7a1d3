import { either as E, option as O } from 'fp-ts';
import { randomUUID } from 'node:crypto';
import { type Log } from '../../../application/ports/log.js';
import {
  type LoadStockGateState,
  type StockAdmitted,
  type StockChange,
  type StockClaim,
  type StockGate,
} from '../../../application/ports/stock-gate.js';
import { collectHash } from '../collect-hash.js';
import { type RedisConnection } from '../connection.js';
import { asking as askingWith } from '../gate/act.js';
import { onceAtATime } from '../gate/once-at-a-time.js';
import { texts } from '../reply.js';
import { run, runInTime } from '../script.js';
import { applyScript, inspectScript, installScript, releaseScript, reserveScript } from './scripts.js';

/** The keys of a product. All carry one hash tag: the lines of an order are reserved in one step, on a cluster too. */
interface ProductKeys {
  /** Hash: revision, onHand, held (the sum over the holds, worked out anew whenever they change). Missing: not loaded. */
  readonly terms: string;
  /** Hash: order → quantity, of everything held by the events. */
  readonly holds: string;
  /** Hash: order → `quantity:until`, reserved here and not known to be decided. */
  readonly pending: string;
  /** The newest revision seen, loaded or not: what was read before it is too old to be installed. */
  readonly seen: string;
}

export const productKeys = (productId: string): ProductKeys => ({
  terms: `{stock}:${productId}:terms`,
  holds: `{stock}:${productId}:holds`,
  pending: `{stock}:${productId}:pending`,
  seen: `{stock}:${productId}:seen`,
});

/** The order in which every script of the stock gate takes them. */
const inOrder = ({ terms, holds, pending, seen }: ProductKeys): ReadonlyArray<string> => [terms, holds, pending, seen];

/** A product nobody asks for is forgotten by Redis after a day. */
const KEEP_MS = 24 * 60 * 60 * 1_000;

type Asked = StockAdmitted | { readonly answer: 'NotLoaded'; readonly productId: string };

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
const reserveOnce = async (connection: RedisConnection, claim: StockClaim): Promise<Asked> => {
  const wanted = perProduct(claim);
  const products = [...wanted.keys()];
  const keys = products.flatMap((productId) => inOrder(productKeys(productId)));
  const args = [claim.orderId, claim.at, claim.until, ...wanted.values()];
  const reply = await connection.hot((redis) => runInTime({ connection, redis }, reserveScript, keys, args));
  return answerOf(texts(reply), products);
};

const LOAD_WAIT_MS = 3_000;
/** To be overtaken by the feed, or wiped in between, is bad luck; over and over it is a fault. */
const ATTEMPTS = 5;

const argsOf = (change: StockChange): ReadonlyArray<string | number> =>
  change.change === 'Rejected'
    ? ['', 0, 1, change.orderId, 0]
    : [
        ...[change.revision, change.onHand, change.holds.length],
        ...change.holds.flatMap(({ orderId, quantity }) => [orderId, quantity]),
      ];

const byProduct = (changes: ReadonlyArray<StockChange>): ReadonlyMap<string, ReadonlyArray<StockChange>> => {
  const groups = new Map<string, StockChange[]>();
  for (const change of changes) groups.set(change.productId, [...(groups.get(change.productId) ?? []), change]);
  return groups;
};

/** The stock gate that several processes share: every step one script, over all lines of an order. */
export const redisStockGate = (
  connection: RedisConnection,
  load: LoadStockGateState,
  log: Log,
  now: () => number,
): StockGate => {
  const asking = askingWith(log);
  const { steady } = connection;

  /** False: there is no such product. */
  const loadProduct = async (productId: string): Promise<boolean> => {
    const keys = productKeys(productId);
    const collected = `${keys.holds}:${randomUUID()}`;
    for (let attempts = 0; attempts < ATTEMPTS; attempts += 1) {
      const found = await load(productId)();
      if (E.isLeft(found)) throw new Error(found.left);
      if (O.isNone(found.right)) return false;
      const { revision, onHand, holds } = found.right.value;
      const args = [revision, onHand, KEEP_MS, await collectHash(steady, collected, holds)];
      const [answer] = texts(await run(steady, installScript, [...inOrder(keys), collected], args));
      await steady.unlink(collected);
      if (answer === 'Installed') return true;
    }
    throw new Error(`What was read of product ${productId} could not be installed`);
  };
  const loadOnce = onceAtATime(loadProduct, LOAD_WAIT_MS);

  return {
    reserve: (claim) =>
      asking(async (): Promise<StockAdmitted> => {
        for (let loads = 0; loads < ATTEMPTS + claim.lines.length; loads += 1) {
          const asked = await reserveOnce(connection, claim);
          if (asked.answer !== 'NotLoaded') return asked;
          if (!(await loadOnce(asked.productId))) return { answer: 'ProductNotFound', productId: asked.productId };
        }
        throw new Error('A product was lost again each time it was loaded');
      }),
    release: ({ orderId, lines }) =>
      asking(async () => {
        const keys = lines.map(({ productId }) => productKeys(productId).pending);
        await connection.hot((redis) => run(redis, releaseScript, keys, [orderId]));
      }),
    apply: (changes) =>
      asking(async () => {
        for (const [productId, ofProduct] of byProduct(changes))
          await run(steady, applyScript, inOrder(productKeys(productId)), [KEEP_MS, ...ofProduct.flatMap(argsOf)]);
      }),
    inspect: (productId) =>
      asking(async () => {
        const reply = texts(await run(steady, inspectScript, inOrder(productKeys(productId)), [now()]));
        if (reply[0] === 'NotLoaded') return O.none;
        const [revision = 0, onHand = 0, held = 0, pending = 0] = reply.slice(1).map(Number);
        return O.some({ revision, onHand, held, pending });
      }),
    drop: (productId) => asking(async () => void (await steady.unlink(productKeys(productId).terms))),
  };
};
