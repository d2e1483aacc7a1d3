import { DoButton } from '../../actions/do-button.js';
import { releaseOrder } from '../../actions/people.js';
import { Listed } from '../../parts/listed.js';
import { usePages } from '../../parts/use-pages.js';
import { dateTime, shown } from '../../text/format.js';
import { t } from '../../text/index.js';

export interface Parked {
  readonly orderId: string;
  readonly step: string;
  readonly reason: string;
  readonly attempts: number;
  /** Epoch milliseconds. */
  readonly parkedAt: number;
}

export const ParkedOrders = () => {
  const pages = usePages<Parked>('/admin/sagas?limit=50');
  return (
    <Listed pages={pages} none={t('repair.orders.none')}>
      {(order) => (
        <li key={order.orderId}>
          <code>{order.orderId}</code>
          <span>
            {order.step}: {order.reason}
            <span class="soft">
              {' '}
              {t('repair.attempts')} {shown(order.attempts)}, {dateTime(new Date(order.parkedAt).toISOString())}
            </span>
          </span>
          <div class="buttons">
            <DoButton label="do.replay" action={() => releaseOrder('replay', order)} />
            <DoButton label="do.compensate" action={() => releaseOrder('compensate', order)} />
          </div>
        </li>
      )}
    </Listed>
  );
};
