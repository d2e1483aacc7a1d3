import { type Board } from '../../../../../src/application/operating/board/board.js';
import { DoButton } from '../../actions/do-button.js';
import { changeLimits, receiveStock } from '../../actions/products.js';
import { longCalls } from '../../api/client.js';
import { ExportButtons } from '../../parts/export-buttons.js';
import { shown } from '../../text/format.js';
import { t, words } from '../../text/index.js';
import { NotThere, Sheet } from './sheet.js';
import { standing, TiedTo } from './tied-to.js';
import { useThing } from './use-thing.js';

const limit = (value: number | undefined): string => (value === undefined ? t('field.noLimit') : shown(value));

export const OneProduct = ({ id, now }: { readonly id: string; readonly now: Board }) => {
  const { thing: product, problem } = useThing('products', id, now.products[id]);
  if (product === undefined) return <NotThere problem={problem} />;
  const { name, status, price, onHand, held, available } = product;
  return (
    <Sheet
      {...{ kind: 'products', id, name, status: standing(status, now.events[product.eventId ?? '']) }}
      numbers={[
        [t('shop.available'), shown(available)],
        [t('shop.held'), shown(held)],
        [t('shop.onHand'), shown(onHand)],
      ]}
      facts={[
        [t('field.price'), shown(price)],
        [
          t('field.event'),
          product.eventId && <TiedTo kind="events" id={product.eventId} onBoard={now.events[product.eventId]} />,
        ],
        [t('field.maxPerUser'), limit(product.maxPerUser)],
        [t('field.maxOpenHolds'), limit(product.maxOpenHolds)],
        [t('field.pauseAfterExpirySeconds'), limit(product.pauseAfterExpirySeconds)],
        [t('field.challenge'), words('challenge', product.challenge)],
      ]}
      actions={
        <>
          <DoButton label="do.receiveStock" class="primary" action={() => receiveStock(id, product)} />
          <DoButton label="do.changeLimits" action={() => changeLimits(id, product)} />
        </>
      }
    >
      <ExportButtons
        label={t('export.ledger')}
        name={`stock-${id}`}
        read={(format) => {
          const params = { path: { productId: id }, query: { format } };
          return longCalls.GET('/admin/exports/stock/{productId}', { params, parseAs: 'blob' });
        }}
      />
    </Sheet>
  );
};
