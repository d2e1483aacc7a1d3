import { type Board } from '../../../../../src/application/operating/board/board.js';
import { Card } from '../../parts/card.js';
import { StatusBadge } from '../../parts/badge.js';
import { Meter } from '../../parts/meter.js';
import { linkTo } from '../../route.js';
import { standing } from '../shop/tied-to.js';
import { shown } from '../../text/format.js';
import { t } from '../../text/index.js';

const MOST = 8;

interface Selling {
  readonly kind: 'coupons' | 'products';
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly left: number;
  readonly gone: number;
  readonly hint: string;
}

const isSelling = ({ status }: { readonly status: string }): boolean =>
  status === 'OPEN' || status === 'PAUSED' || status === 'AVAILABLE' || status === 'SOLD_OUT';

/** What sells now, the newest first; what is sold out stays until something newer takes its place. */
export const sellingNow = ({ coupons, products, events }: Board): ReadonlyArray<Selling> => {
  const isOpen = (eventId?: string): boolean => standing('OPEN', events[eventId ?? '']) === 'OPEN';
  const ofCoupons = Object.entries(coupons)
    .filter(([, coupon]) => isSelling(coupon))
    .map(([id, { name, status, remaining, issued, quantity, createdAt }]) => ({
      ...{ kind: 'coupons' as const, id, name, status, left: remaining, gone: issued, createdAt },
      hint: t('tonight.left', { n: shown(quantity) }),
    }));
  const ofProducts = Object.entries(products)
    .filter(([, product]) => isOpen(product.eventId))
    .map(([id, { name, status, available, held, createdAt }]) => ({
      ...{ kind: 'products' as const, id, name, status, left: available, gone: held, createdAt },
      hint: t('tonight.available', { held: shown(held) }),
    }));
  return [...ofCoupons, ...ofProducts]
    .sort((one, other) => other.createdAt.localeCompare(one.createdAt))
    .slice(0, MOST);
};

export const OnSale = ({ selling }: { readonly selling: ReadonlyArray<Selling> }) => (
  <Card title={t('tonight.onSale')} class="on-sale">
    {selling.length === 0 && (
      <div class="empty">
        <strong>{t('tonight.empty.title')}</strong>
        <p>{t('tonight.empty.text')}</p>
      </div>
    )}
    <ul class="rows">
      {selling.map(({ kind, id, name, status, left, gone, hint }) => (
        <li key={`${kind} ${id}`}>
          <a href={linkTo('shop', kind, id)}>
            <span class="name">{name}</span>
            <StatusBadge status={status} />
            <span class="left">
              <b>{shown(left)}</b> {hint}
            </span>
            <Meter value={gone} most={gone + left} />
          </a>
        </li>
      ))}
    </ul>
  </Card>
);
