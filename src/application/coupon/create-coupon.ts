import { either as E, type taskEither as TE } from 'fp-ts';
import { evolve, unknownCoupon } from '../../domain/coupon/coupon.js';
import {
  type CreateCoupon as CreateCouponCommand,
  createCoupon as decide,
  type CreateRejection,
} from '../../domain/coupon/create-coupon.js';
import { type CouponCreated } from '../../domain/coupon/events.js';
import { begunWith } from '../kernel/writer/begun-with.js';
import { type LoadAggregatePorts } from '../kernel/writer/load-aggregate.js';
import { failure, loadDecideAppend } from '../kernel/writer/load-decide-append.js';
import { type Position } from '../ports/event-store.js';
import { type AwaitVisible } from '../kernel/projection/await-visible.js';
import { couponAggregate, couponStream } from './coupon-aggregate.js';
import { couponAt, type CouponById, type CouponSeen } from './coupon-by-id.js';
import { type Ports } from '../ports/ports.js';

export interface CouponToCreate extends Omit<CreateCouponCommand, 'type' | 'couponId' | 'at'> {
  /** The operator's own, if there is one. */
  readonly couponId?: string;
  readonly correlationId: string;
}

export type CreateCouponError =
  | { readonly code: CreateRejection }
  /** Nothing was written: try again. */
  | { readonly code: 'UNAVAILABLE' }
  /** It may have been created: ask for `couponId`. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly couponId: string };

export interface CreateCouponPorts extends LoadAggregatePorts, Pick<Ports, 'clock' | 'ids'> {
  readonly awaitVisible: AwaitVisible;
  readonly couponById: CouponById;
}

/** The new coupon; repeated, as the first time. Queries usually see it by then; it exists even when they do not yet. */
export type CreateCoupon = (coupon: CouponToCreate) => TE.TaskEither<CreateCouponError, CouponSeen>;

/** A coupon that was just created, should no query see it yet. */
const unseen = (coupon: Omit<CouponCreated, 'type'>): CouponSeen => {
  const sale = coupon.eventId === null ? 'Open' : 'Waiting';
  const { at: createdAt, ...terms } = coupon;
  return couponAt(createdAt)({ ...terms, issued: 0, paused: false, sale, createdAt, revision: 0 });
};

export const createCoupon = (ports: CreateCouponPorts): CreateCoupon => {
  const handle = loadDecideAppend(ports)({ initial: unknownCoupon, evolve, decide }, couponAggregate);
  return ({ couponId = ports.ids.next(), correlationId, ...terms }) =>
    async () => {
      const created = { couponId, ...terms, at: ports.clock.now() };
      const handled = await handle({
        streamId: couponStream(couponId),
        command: { type: 'CreateCoupon', ...created },
        // Of this call alone: were it derived from the coupon, one of two creators would be told of the other's terms as its own.
        commandId: ports.ids.next(),
        metadata: { correlationId },
      })();
      let position: Position;
      if (E.isRight(handled)) position = handled.right.position;
      else {
        const error = failure(handled.left, { couponId });
        if (error.code !== 'COUPON_EXISTS') return E.left(error);
        const event: CouponCreated = { type: 'CouponCreated', ...created };
        const before = await begunWith(ports.eventStore)(couponStream(couponId), event)();
        if (E.isLeft(before)) return E.left({ code: 'UNAVAILABLE' });
        if (before.right === null) return E.left(error);
        position = before.right;
      }
      await ports.awaitVisible(position, couponId)();
      const seen = await ports.couponById(couponId)();
      return E.isRight(seen) ? seen : E.right(unseen(created));
    };
};
