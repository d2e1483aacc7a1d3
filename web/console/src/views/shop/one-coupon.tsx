import { type Board } from '../../../../../src/application/operating/board/board.js';
import { changeCouponTerms, changeQuantity, pauseCoupon, resumeCoupon } from '../../actions/coupons.js';
import { DoButton } from '../../actions/do-button.js';
import { longCalls } from '../../api/client.js';
import { ExportButtons } from '../../parts/export-buttons.js';
import { Meter } from '../../parts/meter.js';
import { dateTime, shown } from '../../text/format.js';
import { t, words } from '../../text/index.js';
import { NotThere, Sheet } from './sheet.js';
import { TiedTo } from './tied-to.js';
import { useThing } from './use-thing.js';

const when = (iso: string | undefined): string | undefined => iso && dateTime(iso);

export const OneCoupon = ({ id, now }: { readonly id: string; readonly now: Board }) => {
  const { thing: coupon, problem } = useThing('coupons', id, now.coupons[id]);
  if (coupon === undefined) return <NotThere problem={problem} />;
  const { name, status, quantity, issued, remaining, discount } = coupon;
  return (
    <Sheet
      {...{ kind: 'coupons', id, name, status }}
      numbers={[
        [t('shop.left'), shown(remaining)],
        [t('shop.issued'), shown(issued)],
        [t('shop.quantity'), shown(quantity)],
      ]}
      facts={[
        [t('field.discount'), discount.kind === 'PERCENT' ? `${discount.value} %` : shown(discount.value)],
        [t('field.opensAt'), when(coupon.opensAt)],
        [t('field.closesAt'), when(coupon.closesAt)],
        [t('field.usableUntil'), when(coupon.usableUntil)],
        [
          t('field.event'),
          coupon.eventId && <TiedTo kind="events" id={coupon.eventId} onBoard={now.events[coupon.eventId]} />,
        ],
        [t('field.challenge'), words('challenge', coupon.challenge)],
      ]}
      actions={
        <>
          {status === 'PAUSED' ? (
            <DoButton label="do.resume" class="primary" action={() => resumeCoupon(id, coupon)} />
          ) : (
            <DoButton label="do.pause" action={() => pauseCoupon(id, coupon, now)} />
          )}
          <DoButton label="do.changeQuantity" action={() => changeQuantity(id, coupon)} />
          <DoButton label="do.changeTerms" action={() => changeCouponTerms(id, coupon)} />
        </>
      }
    >
      <Meter value={issued} most={quantity} />
      <ExportButtons
        label={t('export.holders')}
        name="issued-coupons"
        read={(format) => {
          const params = { query: { format, couponId: id } };
          return longCalls.GET('/admin/exports/issued-coupons', { params, parseAs: 'blob' });
        }}
      />
    </Sheet>
  );
};
