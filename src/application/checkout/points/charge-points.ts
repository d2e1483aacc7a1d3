import { either as E, type taskEither as TE } from 'fp-ts';
import { type AwaitVisible } from '../../kernel/projection/await-visible.js';
import { failure } from '../../kernel/writer/load-decide-append.js';
import { type Ports } from '../../ports/ports.js';
import { type HandleChargePoints } from '../aggregates/points-aggregate.js';
import { type PointsOfUser } from './points-of-user.js';

export interface PointsToCharge {
  readonly userId: string;
  /** In the currency's smallest unit. */
  readonly amount: number;
  /** The client's own, if there is one: a charge told twice counts once. */
  readonly chargeId?: string;
  readonly correlationId: string;
}

export type ChargePointsError =
  /** REQUEST_ID_REUSED: this charge id was used for another amount. */
  | { readonly code: 'REQUEST_ID_REUSED' | 'POINTS_LIMIT_REACHED' | 'UNAVAILABLE' }
  /** It may have been charged: repeat it with `chargeId`. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly chargeId: string };

/** More points for a user, answered with what they then have. */
export type ChargePoints = (charge: PointsToCharge) => TE.TaskEither<ChargePointsError, PointsOfUser>;

export interface ChargePointsPorts extends Pick<Ports, 'clock' | 'ids'> {
  readonly handle: HandleChargePoints;
  readonly awaitVisible: AwaitVisible;
}

export const chargePoints =
  ({ handle, awaitVisible, clock, ids }: ChargePointsPorts): ChargePoints =>
  ({ userId, amount, chargeId = ids.next(), correlationId }) =>
  async () => {
    const command = { type: 'ChargePoints', userId, chargeId, amount, at: clock.now() } as const;
    const charged = await handle(command, correlationId)();
    if (E.isLeft(charged)) return E.left(failure(charged.left, { chargeId }));
    await awaitVisible(charged.right.position, userId)();
    const { balance, reserved } = charged.right.state;
    return E.right({ userId, balance, reserved, available: balance - reserved });
  };
