import { DoButton } from '../../actions/do-button.js';
import { createCoupon } from '../../actions/coupons.js';
import { createEvent } from '../../actions/events.js';
import { createProduct } from '../../actions/products.js';
import { createSchedule } from '../../actions/schedules.js';
import { type Board } from '../../../../../src/application/operating/board/board.js';
import { board } from '../../live/state.js';
import { PageHead } from '../../parts/page-head.js';
import { linkTo, place } from '../../route.js';
import { t } from '../../text/index.js';
import { Find } from './find.js';
import { isKind, type Kind, kinds } from './kinds.js';
import { List } from './list.js';
import { One } from './one.js';

const creating = (kind: Kind, now: Board) => {
  switch (kind) {
    case 'coupons':
      return { label: 'do.createCoupon', action: () => createCoupon(now) } as const;
    case 'events':
      return { label: 'do.createEvent', action: () => createEvent(now) } as const;
    case 'schedules':
      return { label: 'do.createSchedule', action: () => createSchedule(now) } as const;
    case 'products':
      return { label: 'do.createProduct', action: () => createProduct(now) } as const;
  }
};

/** What is sold: lists of it, and each by itself. */
export const Shop = () => {
  const [first, id] = place.value.rest;
  const kind = isKind(first) ? first : 'coupons';
  const now = board.value;
  if (now === null) return <PageHead title={t('page.shop')} />;
  return (
    <>
      <PageHead title={t('page.shop')}>
        <DoButton class="primary" {...creating(kind, now)} />
      </PageHead>
      <div class="tabs">
        <div role="navigation" aria-label={t('page.shop')}>
          {kinds.map((each) => (
            <a key={each} href={linkTo('shop', each)} aria-current={each === kind ? 'page' : undefined}>
              {t(`shop.${each}`)}
            </a>
          ))}
        </div>
        <Find kind={kind} />
      </div>
      {id === undefined ? <List kind={kind} now={now} /> : <One key={`${kind} ${id}`} kind={kind} id={id} now={now} />}
    </>
  );
};
