import { isWaiting, mayWait, type Settled } from './await-orders.js';

export interface Shelf {
  readonly productId: string;
  /** Put there at the beginning. */
  readonly stock: number;
  /** What the product says at the end. */
  readonly onHand: number;
  readonly held: number;
}

const BOUGHT: ReadonlySet<string> = new Set(['PAID', 'CONFIRMED', 'SHIPPED', 'DELIVERED']);

/** How much of a product the orders say is sold, and held. */
const quantities = (
  settled: ReadonlyArray<Settled>,
  product: number,
): { readonly sold: number; readonly held: number } => {
  const sum = (wanted: (status: string) => boolean): number =>
    settled
      .filter(({ order, status }) => order.shopper.product === product && wanted(status))
      .reduce((total, { order }) => total + order.shopper.quantity, 0);
  return { sold: sum((status) => BOUGHT.has(status)), held: sum(isWaiting) };
};

/** Whether a product's shelf says what its orders say. */
export const agrees = (settled: ReadonlyArray<Settled>, { stock, onHand, held }: Shelf, product: number): boolean => {
  const told = quantities(settled, product);
  return onHand === stock - told.sold && held === told.held;
};

const faultOf = ({ order, status }: Settled, now: number): string | null => {
  const { orderId, fate } = order.shopper;
  const wrong = (why: string): string => `${orderId}, which ${fate}, ${why}`;
  if (order.cancelled) return status === 'CANCELLED' ? null : wrong(`was told it is cancelled, and is ${status}`);
  if (order.paid)
    return BOUGHT.has(status) && status !== 'PAID' ? null : wrong(`was told it is paid, and is ${status}`);
  if (fate === 'walks away' && BOUGHT.has(status)) return wrong(`was never paid, and is ${status}`);
  if (status === 'UNKNOWN') return wrong('cannot be read');
  if (status === 'PAID') return wrong('is paid and was not carried out');
  return isWaiting(status) && !mayWait(order, now) ? wrong(`is still ${status}, long after its hold`) : null;
};

/** What is wrong with the orders, as the people who placed them saw it, and with the shelves. Empty: nothing. */
export const judgeOrders = (
  settled: ReadonlyArray<Settled>,
  shelves: ReadonlyArray<Shelf>,
  now: number,
): ReadonlyArray<string> => [
  ...settled.flatMap((one) => faultOf(one, now) ?? []),
  ...shelves.flatMap((shelf, product) => {
    const { productId, stock, onHand, held } = shelf;
    const told = quantities(settled, product);
    if (told.sold > stock) return [`${told.sold} of ${stock} ${productId} were sold`];
    return agrees(settled, shelf, product)
      ? []
      : [
          `${productId}: ${onHand} on hand and ${held} held, where the orders say ${stock - told.sold} and ${told.held}`,
        ];
  }),
];
