import { type Board } from '../../../../../src/application/operating/board/board.js';
import { StatusBadge } from '../../parts/badge.js';
import { linkTo } from '../../route.js';
import { dateTime, shown } from '../../text/format.js';
import { t, type Key } from '../../text/index.js';
import { type Kind } from './kinds.js';
import { standing } from './tied-to.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly status?: string;
  readonly cells: ReadonlyArray<string>;
}

const newest = (one: { readonly createdAt: string }, other: { readonly createdAt: string }): number =>
  other.createdAt.localeCompare(one.createdAt);

const columns: Readonly<Record<Kind, ReadonlyArray<Key>>> = {
  coupons: ['shop.quantity', 'shop.issued', 'shop.left'],
  events: ['field.opensAt', 'field.room'],
  schedules: ['field.activeLimit', 'tonight.letIn', 'tonight.inLine'],
  products: ['field.price', 'shop.onHand', 'shop.held', 'shop.available'],
};

const rowsOf = (kind: Kind, { coupons, events, schedules, products }: Board): ReadonlyArray<Row> => {
  switch (kind) {
    case 'coupons':
      return Object.entries(coupons)
        .sort(([, one], [, other]) => newest(one, other))
        .map(([id, { name, status, quantity, issued, remaining }]) => ({
          ...{ id, name, status },
          cells: [quantity, issued, remaining].map(shown),
        }));
    case 'events':
      return Object.entries(events)
        .sort(([, one], [, other]) => other.opensAt.localeCompare(one.opensAt))
        .map(([id, { name, status, opensAt, scheduleId = '–' }]) => ({
          ...{ id, name, status },
          cells: [dateTime(opensAt), scheduleId],
        }));
    case 'schedules':
      return Object.entries(schedules).map(([id, { activeLimit, active, waiting }]) => ({
        ...{ id, name: id },
        cells: [activeLimit, active, waiting].map(shown),
      }));
    case 'products':
      return Object.entries(products)
        .sort(([, one], [, other]) => newest(one, other))
        .map(([id, { name, status, eventId = '', price, onHand, held, available }]) => ({
          ...{ id, name, status: standing(status, events[eventId]) },
          cells: [price, onHand, held, available].map(shown),
        }));
  }
};

export const List = ({ kind, now }: { readonly kind: Kind; readonly now: Board }) => {
  const rows = rowsOf(kind, now);
  if (rows.length === 0)
    return (
      <div class="card empty">
        <strong>{t(`shop.${kind}.none`)}</strong>
        <p>{t(`shop.${kind}.what`)}</p>
      </div>
    );
  return (
    <div class="card table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('field.name')}</th>
            {columns[kind].map((column) => (
              <th scope="col" class="number" key={column}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, status, cells }) => (
            <tr key={id}>
              <td>
                <a href={linkTo('shop', kind, id)}>{name}</a>
                {status !== undefined && <StatusBadge status={status} />}
                {name !== id && <code class="soft">{id}</code>}
              </td>
              {cells.map((cell, nth) => (
                <td class="number" key={nth} data-label={t(columns[kind][nth] ?? 'field.name')}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
