import { iso, isoOrNull } from '../../kernel/iso.js';
import { function as F, taskEither as TE } from 'fp-ts';
import { type CouponSeen, couponAt } from '../../coupon/coupon-by-id.js';
import { couponsView } from '../../coupon/coupons.js';
import { type ProductSeen, seeProduct } from '../../checkout/stock/product-by-id.js';
import { productsView } from '../../checkout/stock/views/products.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type EventSeen, eventsView } from '../../shop-event/events.js';
import { readWaitingRooms } from '../../waiting-room/read-waiting-rooms.js';
import { scheduleAt, type ScheduleSeen } from '../../waiting-room/schedule-by-id.js';
import {
  type CouponOnBoard,
  type EventOnBoard,
  type ProductOnBoard,
  type ScheduleOnBoard,
  type ShopOnBoard,
} from './board.js';
import { type Ports } from '../../ports/ports.js';

/** Of each kind the newest; others are found by their id. */
const MOST = 100;
const MOST_ENDED_EVENTS = 20;

type Present<A> = { readonly [K in keyof A]: Exclude<A[K], null> };

/** What is said of it, without what is null. */
const said = <A extends object>(fields: A): Partial<Present<A>> => {
  const entries = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  const present: Partial<Present<A>> = {};
  return Object.assign(present, Object.fromEntries(entries));
};

const coupon = (seen: CouponSeen): CouponOnBoard => {
  const { name, status, quantity, issued, remaining, discount, challenge } = seen;
  return {
    ...{ name, status, quantity, issued, remaining, discount, challenge, createdAt: iso(seen.createdAt) },
    ...said({
      opensAt: isoOrNull(seen.opensAt),
      closesAt: isoOrNull(seen.closesAt),
      usableUntil: isoOrNull(seen.usableUntil),
      eventId: seen.eventId,
    }),
  };
};

const event = ({ name, status, opensAt, openedAt, scheduleId }: EventSeen): EventOnBoard => ({
  ...{ name, status, opensAt: iso(opensAt) },
  ...said({ openedAt: isoOrNull(openedAt), scheduleId }),
});

const schedule = (seen: ScheduleSeen): ScheduleOnBoard => {
  const { activeLimit, activeTtlSeconds, challenge, active, waiting, admitPerSecond, activationsPerSecond } = seen;
  return {
    ...{ activeLimit, activeTtlSeconds, challenge, active, waiting },
    ...said({ admitPerSecond, activationsPerSecond }),
  };
};

const product = (seen: ProductSeen): ProductOnBoard => {
  const { name, status, price, onHand, held, available, challenge, eventId, limits, createdAt } = seen;
  return {
    ...{ name, status, price, onHand, held, available, challenge, createdAt: iso(createdAt) },
    ...said({ eventId, ...limits }),
  };
};

const byId = <A, B>(items: ReadonlyArray<A>, id: (item: A) => string, shown: (item: A) => B) =>
  Object.fromEntries(items.map((item) => [id(item), shown(item)]));

export type ReadShopPorts = Pick<Ports, 'readModels' | 'clock'>;

/** What is on sale, was and will be: of each kind the newest hundred. */
export const readShop = ({ readModels, clock }: ReadShopPorts): TE.TaskEither<'ReadModelsUnavailable', ShopOnBoard> => {
  const reader = liveReader(readModels);
  const newest = { index: 'all', key: 'all', limit: MOST, order: 'descending' } as const;
  const eventsOf = (key: EventSeen['status'], limit: number) =>
    reader.query(eventsView, { index: 'status', key, limit, order: 'descending' });
  return F.pipe(
    TE.Do,
    TE.apS('coupons', reader.query(couponsView, newest)),
    TE.apS('products', reader.query(productsView, newest)),
    TE.apS('pending', eventsOf('PENDING', MOST)),
    TE.apS('open', eventsOf('OPEN', MOST)),
    TE.apS('closed', eventsOf('CLOSED', MOST_ENDED_EVENTS)),
    TE.apS('cancelled', eventsOf('CANCELLED', MOST_ENDED_EVENTS)),
    TE.apS('rooms', readWaitingRooms(readModels).schedules()),
    TE.map(({ coupons, products, pending, open, closed, cancelled, rooms }) => {
      const now = clock.now();
      const events = [pending, open, closed, cancelled].flatMap(({ items }) => items);
      const busiest = [...rooms]
        .sort((one, other) => other.waiting + other.active - (one.waiting + one.active))
        .slice(0, MOST);
      return {
        coupons: byId(coupons.items.map(couponAt(now)), ({ couponId }) => couponId, coupon),
        products: byId(products.items.map(seeProduct), ({ productId }) => productId, product),
        events: byId(events, ({ eventId }) => eventId, event),
        schedules: byId(
          busiest.map((room) => scheduleAt(room, now)),
          ({ scheduleId }) => scheduleId,
          schedule,
        ),
      };
    }),
  );
};
