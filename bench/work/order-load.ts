import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { answering } from '../harness/answering.js';
import { Connection, openAll } from '../load/connection.js';
import { listenForOrders } from './order-notices.js';
import { payOrder, placeOrder, type Wish } from './order-requests.js';

const shared = {
  url: z.string(),
  products: z.array(z.string()).min(1),
  /** Before each order's number: other orders in every round. */
  salt: z.string(),
  connections: z.number(),
};
const job = z.discriminatedUnion('kind', [
  /** As fast as the connections allow. */
  z.object({ kind: z.literal('press'), ...shared, orders: z.number() }),
  /** So many a second, whatever the answers do; with `pays` each is paid, and followed until its buyer is told that it is complete. */
  z.object({ kind: z.literal('pace'), ...shared, perSecond: z.number(), seconds: z.number(), pays: z.boolean() }),
]);
type Press = Extract<z.infer<typeof job>, { kind: 'press' }>;
type Pace = Extract<z.infer<typeof job>, { kind: 'pace' }>;

const USERS = 50;
const userOf = (n: number): string => `buyer-${n % USERS}`;

const wishOf = ({ products, salt }: Press | Pace, n: number): Wish => ({
  orderId: `${salt}-${n}`,
  userId: userOf(n),
  productId: products[n % products.length] ?? '',
});

const press = async (asked: Press) => {
  const open = await openAll(asked.url, asked.connections);
  let next = 0;
  const start = performance.now();
  await Promise.all(
    open.map(async (connection) => {
      while (next < asked.orders) await placeOrder(connection, wishOf(asked, next++));
    }),
  );
  const wallMs = performance.now() - start;
  open.forEach((connection) => connection.close());
  return { wallMs };
};

/** Each time is counted from the moment the order was due. */
const pace = async (asked: Pace) => {
  const open: Promise<Connection>[] = [];
  const free: Connection[] = [];
  const waiting: Array<(connection: Connection) => void> = [];
  // Opened when it is needed: the server closes one on which nothing is asked for ten seconds.
  const openAnother = (): Promise<Connection> => {
    const another = Connection.open(asked.url);
    open.push(another);
    return another;
  };
  const take = async (): Promise<Connection> =>
    free.pop() ?? (open.length < asked.connections ? openAnother() : new Promise((resolve) => waiting.push(resolve)));
  const give = (connection: Connection): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(connection);
    else next(connection);
  };
  const notices = await listenForOrders(
    asked.url,
    asked.pays ? Array.from({ length: USERS }, (_, n) => userOf(n)) : [],
  );
  const [heldMs, paidMs, confirmedMs]: [number[], number[], number[]] = [[], [], []];
  const buy = async (n: number, due: number): Promise<void> => {
    const wish = wishOf(asked, n);
    const connection = await take();
    await placeOrder(connection, wish);
    heldMs.push(performance.now() - due);
    if (asked.pays) {
      await payOrder(connection, wish);
      paidMs.push(performance.now() - due);
    }
    give(connection);
    if (!asked.pays) return;
    await notices.completed(wish.orderId);
    confirmedMs.push(performance.now() - due);
  };
  const all: Promise<void>[] = [];
  const start = performance.now();
  while (all.length < asked.perSecond * asked.seconds) {
    const due = start + (all.length * 1_000) / asked.perSecond;
    const early = due - performance.now();
    if (early > 0.5) await sleep(early);
    else all.push(buy(all.length, due));
  }
  await Promise.all(all);
  notices.close();
  for (const connection of await Promise.all(open)) connection.close();
  return { heldMs, paidMs, confirmedMs };
};

/** The people who order: a process of its own, for its work must not be taken for the server's. */
answering<z.infer<typeof job>>(job, (asked) => (asked.kind === 'press' ? press(asked) : pace(asked)));
