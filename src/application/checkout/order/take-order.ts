import { either as E, type taskEither as TE } from 'fp-ts';
import { type HandleIssuedCoupon } from '../issued-coupon/issued-coupon-aggregate.js';
import { type HandlePoints, type HandleReservePoints } from '../points/points-aggregate.js';
import { type Clock } from '../../ports/clock.js';
import { type Log } from '../../ports/log.js';
import { type StockGate } from '../../ports/stock-gate.js';
import { type AskStock } from '../stock/ask-stock.js';
import { type CouponOf } from './coupon-use.js';
import { notReserved } from './not-reserved.js';
import { type Taking, type TakingError } from './taking.js';

export interface TakeOrderPorts {
  readonly gate: StockGate;
  readonly stock: AskStock;
  readonly handlePoints: HandlePoints;
  readonly reservePoints: HandleReservePoints;
  readonly handleIssuedCoupon: HandleIssuedCoupon;
  readonly couponOf: CouponOf;
  readonly clock: Clock;
  readonly log: Log;
}

/** A place at the gate counts so long while it is not decided. */
const UNDECIDED_MS = 30_000;

const failed = (error: TakingError): E.Either<TakingError, never> => E.left(error);

const reserve = async ({ stock }: TakeOrderPorts, taking: Taking): Promise<E.Either<TakingError, void>> => {
  const { orderId, userId, holdExpiresAt: expiresAt, takenBy, correlationId } = taking;
  const answers = await Promise.all(
    taking.lines.map(async ({ productId, quantity }) => {
      const line = { productId, orderId, quantity, expiresAt, again: true, takenBy, userId };
      return { productId, answer: await stock.reserve(line, correlationId)() };
    }),
  );
  const errors = answers.flatMap(({ productId, answer }) =>
    E.isLeft(answer) ? [{ productId, error: answer.left }] : [],
  );
  return errors.length === 0 ? E.right(undefined) : failed(notReserved(errors));
};

const takeCoupon = async (
  { handleIssuedCoupon, couponOf, clock }: TakeOrderPorts,
  { couponId, userId, orderId, holdExpiresAt: expiresAt, takenBy, correlationId }: Taking,
): Promise<E.Either<TakingError, void>> => {
  if (couponId === null) return E.right(undefined);
  const use = { couponId, userId, orderId, expiresAt, again: true, takenBy, at: clock.now() };
  const redeemed = await handleIssuedCoupon({ type: 'RedeemCoupon', ...use }, correlationId)();
  if (E.isRight(redeemed)) return E.right(undefined);
  if (redeemed.left.error !== 'Rejected') return failed({ code: 'UNAVAILABLE' });
  // By another order of theirs, at the same time.
  const now = await couponOf({ couponId, userId, orderId })();
  const by = E.isRight(now) && now.right.use === 'USED' ? { orderId: now.right.orderId } : {};
  return failed({ code: 'COUPON_NOT_USABLE', couponId, reason: 'USED', ...by });
};

const takePoints = async (
  { reservePoints, clock }: TakeOrderPorts,
  { userId, orderId, points: amount, holdExpiresAt: expiresAt, takenBy, correlationId }: Taking,
): Promise<E.Either<TakingError, void>> => {
  if (amount === 0) return E.right(undefined);
  const use = { userId, orderId, amount, expiresAt, again: true, takenBy, at: clock.now() };
  const reserved = await reservePoints({ type: 'ReservePoints', ...use }, correlationId)();
  if (E.isRight(reserved)) return E.right(undefined);
  if (reserved.left.error !== 'Rejected') return failed({ code: 'UNAVAILABLE' });
  switch (reserved.left.rejection) {
    case 'INSUFFICIENT_POINTS':
      return failed({ code: 'INSUFFICIENT_POINTS' });
    case 'POINTS_USE_DIFFERS':
      return failed({ code: 'REQUEST_ID_REUSED' });
    case 'POINTS_USE_ENDED':
      return failed({ code: 'INVALID_ORDER_STATE' });
  }
};

/**
 * Gives back whatever this call took and no other call for the same order relies on. What cannot be given back now is, when
 * its own deadline comes.
 */
export const giveBackTaken =
  ({ gate, stock, handlePoints, handleIssuedCoupon, clock, log }: TakeOrderPorts) =>
  async ({ orderId, userId, lines, couponId, points, takenBy, correlationId }: Taking): Promise<void> => {
    const back = { userId, orderId, takenBy, at: clock.now() };
    const release = { eventType: 'STOCK_RELEASE', orderId, reason: 'ROLLED_BACK', takenBy } as const;
    const given = await Promise.all([
      gate.release({ orderId, lines })(),
      ...lines.map(({ productId }) => stock.tell({ ...release, productId }, correlationId)()),
      ...(couponId === null ? [] : [handleIssuedCoupon({ type: 'RestoreCoupon', couponId, ...back }, correlationId)()]),
      ...(points === 0 ? [] : [handlePoints({ type: 'ReturnPoints', ...back }, correlationId)()]),
    ]);
    if (given.some(({ _tag }) => _tag === 'Left'))
      log.warn({ orderId }, 'An order that came to nothing gives back the rest later');
  };

/** Goods, coupon, points: all of it, or nothing. */
export const takeOrder =
  (ports: TakeOrderPorts) =>
  (taking: Taking): TE.TaskEither<TakingError, void> =>
  async () => {
    const at = ports.clock.now();
    const { orderId, lines } = taking;
    const admitted = await ports.gate.reserve({ orderId, lines, at, until: at + UNDECIDED_MS })();
    // A gate that is away, or behind: the product's writer decides alone.
    if (E.isRight(admitted) && admitted.right.answer === 'Insufficient')
      return failed({ code: 'INSUFFICIENT_STOCK', lines: admitted.right.short });
    for (const step of [reserve, takeCoupon, takePoints]) {
      const taken = await step(ports, taking);
      if (E.isRight(taken)) continue;
      await giveBackTaken(ports)(taking);
      return taken;
    }
    return E.right(undefined);
  };
