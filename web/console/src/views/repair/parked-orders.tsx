import { answerOf } from '../../../../../packages/client/src/index.js';
import { api } from '../../api/client.js';
import { DoButton } from '../../actions/do-button.js';
import { releaseOrder } from '../../actions/people.js';
import { Listed } from '../../parts/listed.js';
import { usePages } from '../../parts/use-pages.js';
import { dateTime, shown } from '../../text/format.js';
import { t } from '../../text/index.js';

export const parkedOrders = (limit: number) => (cursor?: string) =>
  answerOf(api.GET('/admin/sagas', { params: { query: { limit, cursor } } }));

export const ParkedOrders = () => {
  const pages = usePages('parked orders', parkedOrders(50));
  return (
    <Listed pages={pages} none={t('repair.orders.none')}>
      {(order) => (
        <li key={order.orderId}>
          <code>{order.orderId}</code>
          <span>
            {order.step}: {order.reason}
            <span class="soft">
              {' '}
              {t('repair.attempts')} {shown(order.attempts)}, {dateTime(order.parkedAt)}
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
