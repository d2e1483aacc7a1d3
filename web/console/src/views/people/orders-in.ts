export interface Happened {
  readonly at: string;
  readonly what: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly notice?: string;
  readonly position: number;
}

/** What an order has come to by each of these; other events leave it as it stands. SHIPPED: it is not called back. */
const CAME_TO: Readonly<Record<string, 'UNPAID' | 'PAID' | 'SHIPPED' | 'OVER'>> = {
  OrderCreated: 'UNPAID',
  OrderPaymentPending: 'UNPAID',
  OrderPaid: 'PAID',
  OrderConfirmed: 'PAID',
  OrderShipped: 'SHIPPED',
  OrderDelivered: 'OVER',
  OrderCancelled: 'OVER',
  OrderFailed: 'OVER',
  OrderExpired: 'OVER',
};

export interface OrderStanding {
  /** The event that made it what it is. */
  readonly by: string;
  readonly standing: 'UNPAID' | 'PAID' | 'SHIPPED' | 'OVER';
}

export const mayBeCancelled = ({ standing }: OrderStanding): boolean => standing === 'UNPAID' || standing === 'PAID';

/** How each order of a person stands, from what happened, the oldest first. */
export const ordersIn = (
  happened: ReadonlyArray<Pick<Happened, 'what' | 'facts'>>,
): ReadonlyMap<string, OrderStanding> => {
  const orders = new Map<string, OrderStanding>();
  for (const { what, facts } of happened) {
    const standing = CAME_TO[what];
    if (standing !== undefined && typeof facts['orderId'] === 'string')
      orders.set(facts['orderId'], { by: what, standing });
  }
  return orders;
};
