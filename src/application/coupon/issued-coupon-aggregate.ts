import { z } from 'zod';
import { type IssuedCouponCommand, issuedCouponDecider } from '../../domain/issued-coupon/decider.js';
import { type IssuedCouponEvent } from '../../domain/issued-coupon/events.js';
import { aggregateOf } from '../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../kernel/writer/command-handler.js';
import { eventSchemas } from '../kernel/events/event-schemas.js';

export const ISSUED_COUPON_STREAMS = 'issuedCoupon-';
/** One user's copy of a coupon. Ids have no dots, so no two pairs share a stream. */
export const issuedCouponStream = (couponId: string, userId: string): string =>
  `${ISSUED_COUPON_STREAMS}${couponId}.${userId}`;

const fact = { couponId: z.string(), userId: z.string(), orderId: z.string(), at: z.number() };

export const isIssuedCouponEvent = eventSchemas<IssuedCouponEvent>()({
  CouponRedeemed: z.object({ expiresAt: z.number(), takenBy: z.string().exactOptional(), ...fact }),
  CouponUseShared: z.object({ expiresAt: z.number(), ...fact }),
  CouponRestored: z.object(fact),
  CouponUseEnded: z.object({ takenBy: z.string(), ...fact }),
});

export const issuedCouponAggregate = aggregateOf(issuedCouponDecider, isIssuedCouponEvent);

/** Carries out what is asked of a user's coupon: using it, giving it back. */
export const handleIssuedCoupon = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(issuedCouponDecider, issuedCouponAggregate, ({ couponId, userId }: IssuedCouponCommand) =>
    issuedCouponStream(couponId, userId),
  );
export type HandleIssuedCoupon = ReturnType<typeof handleIssuedCoupon>;
