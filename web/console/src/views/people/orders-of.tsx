import { DoButton } from '../../actions/do-button.js';
import { cancelOrder, releaseOrder } from '../../actions/people.js';
import { Card } from '../../parts/card.js';
import { usePages } from '../../parts/use-pages.js';
import { linkTo } from '../../route.js';
import { t, words } from '../../text/index.js';
import { type Parked } from '../repair/parked-orders.js';
import { type Happened } from './entry.js';

const ENDED = new Set(['OrderCancelled', 'OrderFailed', 'OrderExpired', 'OrderDelivered']);
const PAID = new Set(['OrderPaid', 'OrderConfirmed', 'OrderShipped']);

/** The last thing that happened to each order. */
const lastOf = (happened: ReadonlyArray<Happened>): ReadonlyMap<string, string> => {
  const last = new Map<string, string>();
  for (const { what, facts } of happened)
    if (what.startsWith('Order') && typeof facts['orderId'] === 'string') last.set(facts['orderId'], what);
  return last;
};

/** A person's orders, and what can be done about each. */
export const OrdersOf = ({ happened }: { readonly happened: ReadonlyArray<Happened> }) => {
  const orders = [...lastOf(happened)];
  const parked = usePages<Parked>('/admin/sagas?limit=100').items ?? [];
  if (orders.length === 0) return null;
  return (
    <Card title={t('people.orders')}>
      <ul class="lines">
        {orders.map(([orderId, last]) => {
          const stuck = parked.find((each) => each.orderId === orderId);
          return (
            <li key={orderId}>
              <code>{orderId}</code>
              <span class="badge">{words('what', last)}</span>
              <div class="buttons">
                <a href={linkTo('proof', 'orders', orderId)}>{t('page.proof')}</a>
                {stuck !== undefined && (
                  <>
                    <DoButton label="do.replay" action={() => releaseOrder('replay', stuck)} />
                    <DoButton label="do.compensate" action={() => releaseOrder('compensate', stuck)} />
                  </>
                )}
                {!ENDED.has(last) && (
                  <DoButton label="do.cancelOrder" action={() => cancelOrder(orderId, PAID.has(last))} />
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
};
