import { type IssuedCouponCommand, issuedCouponDecider } from '../../../domain/issued-coupon/decider.js';
import { type IssuedCouponEvent } from '../../../domain/issued-coupon/events.js';
import { type IssuedCoupon } from '../../../domain/issued-coupon/issued-coupon.js';
import { type Aggregate } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { shapedEvents } from '../../kernel/writer/shaped-events.js';

export const ISSUED_COUPON_STREAMS = 'issuedCoupon-';
/** One user's copy of a coupon. Ids have no dots, so no two pairs share a stream. */
export const issuedCouponStream = (couponId: string, userId: string): string =>
  `${ISSUED_COUPON_STREAMS}${couponId}.${userId}`;

export const isIssuedCouponEvent = shapedEvents<IssuedCouponEvent>({
  CouponRedeemed: {
    expiresAt: 'number',
    'takenBy?': 'string',
    couponId: 'string',
    userId: 'string',
    orderId: 'string',
    at: 'number',
  },
  CouponUseShared: { expiresAt: 'number', couponId: 'string', userId: 'string', orderId: 'string', at: 'number' },
  CouponRestored: { couponId: 'string', userId: 'string', orderId: 'string', at: 'number' },
});

export const issuedCouponAggregate: Aggregate<IssuedCoupon, IssuedCouponEvent> = {
  initial: issuedCouponDecider.initial,
  evolve: issuedCouponDecider.evolve,
  isEvent: isIssuedCouponEvent,
  snapshots: null,
};

/** Carries out what is asked of a user's coupon: using it, giving it back. */
export const handleIssuedCoupon = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(issuedCouponDecider, issuedCouponAggregate, ({ couponId, userId }: IssuedCouponCommand) =>
    issuedCouponStream(couponId, userId),
  );
export type HandleIssuedCoupon = ReturnType<typeof handleIssuedCoupon>;
