import { CommandHandler, getInMemoryEventStore } from '@event-driven-io/emmett';
import { type Ask } from './koa-server.js';

type CouponEvent =
  | { readonly type: 'Created'; readonly data: { readonly quantity: number } }
  | { readonly type: 'Issued'; readonly data: Ask };

interface Coupon {
  readonly quantity: number;
  readonly holders: Set<string>;
}

/** Changed in place, which is as fast as it gets: the library folds a fresh state for every command. */
const evolve = (coupon: Coupon, { type, data }: CouponEvent): Coupon => {
  if (type === 'Created') return { ...coupon, quantity: data.quantity };
  coupon.holders.add(data.userId);
  return coupon;
};

const handle = CommandHandler<Coupon, CouponEvent>({
  evolve,
  initialState: () => ({ quantity: 0, holders: new Set() }),
});

/**
 * The same rule on Emmett, with the event store in memory that comes with it. Commands of a coupon stand in line here:
 * side by side they would run into each other's versions, again and again.
 */
export const emmettCoupons = () => {
  const store = getInMemoryEventStore();
  const lines = new Map<string, Promise<unknown>>();
  return {
    create: async (couponId: string, quantity: number): Promise<void> => {
      await handle(store, couponId, () => [{ type: 'Created', data: { quantity } }]);
    },
    fill: async (couponId: string, holders: ReadonlyArray<Ask>): Promise<void> => {
      await store.appendToStream(
        couponId,
        holders.map((data) => ({ type: 'Issued', data })),
      );
    },
    issue: (ask: Ask): Promise<boolean> => {
      const decided = (lines.get(ask.couponId) ?? Promise.resolve()).then(async () => {
        const { newEvents } = await handle(store, ask.couponId, ({ holders, quantity }) =>
          holders.has(ask.userId) || holders.size >= quantity ? [] : [{ type: 'Issued', data: ask }],
        );
        return newEvents.length > 0;
      });
      lines.set(ask.couponId, decided);
      return decided;
    },
  };
};
