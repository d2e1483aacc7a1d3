import { either as E, type taskEither as TE } from 'fp-ts';
import { evolve, unknownCoupon } from '../../domain/coupon/coupon.js';
import {
  type CreateCoupon as CreateCouponCommand,
  createCoupon as decide,
  type CreateRejection,
} from '../../domain/coupon/create-coupon.js';
import { type LoadAggregatePorts } from '../handling/load-aggregate.js';
import { type HandlingError, loadDecideAppend } from '../handling/load-decide-append.js';
import { type Clock } from '../ports/clock.js';
import { type Ids } from '../ports/ids.js';
import { type AwaitVisible } from '../projecting/await-visible.js';
import { couponAggregate } from './coupon-aggregate.js';
import { couponStream } from './coupon-streams.js';

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

export interface CreateCouponPorts extends LoadAggregatePorts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly awaitVisible: AwaitVisible;
}

/** A new coupon, answered with its id. Queries usually see it by then; it exists even when they do not yet. */
export type CreateCoupon = (coupon: CouponToCreate) => TE.TaskEither<CreateCouponError, { readonly couponId: string }>;

const failed = (error: HandlingError<CreateRejection>, couponId: string): CreateCouponError => {
  switch (error.error) {
    case 'Rejected':
      return { code: error.rejection };
    case 'AppendOutcomeUnknown':
      return { code: 'OUTCOME_UNKNOWN', couponId };
    case 'Contended':
    case 'EventStoreUnavailable':
      return { code: 'UNAVAILABLE' };
  }
};

export const createCoupon = (ports: CreateCouponPorts): CreateCoupon => {
  const handle = loadDecideAppend(ports)({ initial: unknownCoupon, evolve, decide }, couponAggregate);
  return ({ couponId = ports.ids.next(), correlationId, ...terms }) =>
    async () => {
      const handled = await handle({
        streamId: couponStream(couponId),
        command: { type: 'CreateCoupon', couponId, ...terms, at: ports.clock.now() },
        // Of this call alone: were it derived from the coupon, one of two creators would be told of the other's terms as its own.
        commandId: ports.ids.next(),
        metadata: { correlationId },
      })();
      if (E.isLeft(handled)) return E.left(failed(handled.left, couponId));
      await ports.awaitVisible(handled.right.position)();
      return E.right({ couponId });
    };
};
