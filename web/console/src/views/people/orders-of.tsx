import { DoButton } from '../../actions/do-button.js';
import { cancelOrder, releaseOrder } from '../../actions/people.js';
import { Card } from '../../parts/card.js';
import { useAfterActs } from '../../parts/use-after-acts.js';
import { usePages } from '../../parts/use-pages.js';
import { linkTo } from '../../route.js';
import { t, words } from '../../text/index.js';
import { parkedOrders } from '../repair/parked-orders.js';
import { type Happened, mayBeCancelled, ordersIn } from './orders-in.js';

interface OrdersOfProps {
  readonly userId: string;
  readonly happened: ReadonlyArray<Happened>;
}

/** A person's orders, and what can be done about each. */
export const OrdersOf = ({ userId, happened }: OrdersOfProps) => {
  const orders = [...ordersIn(happened)];
  const pages = usePages('parked orders', parkedOrders(100));
  useAfterActs(pages.again);
  const parked = pages.items ?? [];
  if (orders.length === 0) return null;
  return (
    <Card title={t('people.orders')}>
      <ul class="lines">
        {orders.map(([orderId, order]) => {
          const stuck = parked.find((each) => each.orderId === orderId);
          return (
            <li key={orderId}>
              <code>{orderId}</code>
              <span class="badge">{words('what', order.by)}</span>
              <div class="buttons">
                <a href={linkTo('proof', 'orders', orderId)}>{t('page.proof')}</a>
                {stuck !== undefined && (
                  <>
                    <DoButton label="do.replay" action={() => releaseOrder('replay', stuck)} />
                    <DoButton label="do.compensate" action={() => releaseOrder('compensate', stuck)} />
                  </>
                )}
                {mayBeCancelled(order) && (
                  <DoButton
                    label="do.cancelOrder"
                    action={() => cancelOrder(userId, orderId, order.standing === 'PAID')}
                  />
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
};
